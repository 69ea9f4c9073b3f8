/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture is printed on silk: slow folds run through the cloth and catch the light",
  "CREDIT": "artvis",
  "CATEGORIES": ["flowing", "light"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "cloth", "WIDTH": "$WIDTH / 4", "HEIGHT": "$HEIGHT / 4"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.1, 0.75], "FINISH": true}
}*/
in vec2 place;

// How high the cloth lies: long folds, bent by longer ones.
float cloth_height(vec2 p) {
    float t = 0.3 * drift;
    vec2 bent = p + 0.22 * vec2(sin(2.1 * p.y + 0.7 * t), sin(1.7 * p.x - 0.9 * t + 1.0))
                  + 0.07 * vec2(sin(5.3 * p.y - 1.3 * t), sin(4.7 * p.x + 1.1 * t));
    float along = 0.86 * bent.x + 0.5 * bent.y;
    float fold = sin(7.4 * along + 1.3 * sin(1.9 * bent.y - 0.6 * t) - t);
    float crease = sin(15.7 * along - 2.6 * bent.y + 0.8 * t + 1.7 * fold);
    return fold + (0.24 + 0.1 * mid) * crease;
}

void main() {
    if (PASSINDEX == 0) {
        float d = 0.008;
        float h = cloth_height(place);
        vec2 slope = vec2(cloth_height(place + vec2(d, 0.0)) - h, cloth_height(place + vec2(0.0, d)) - h) / (14.0 * d);
        gl_FragColor = vec4(clamp(0.5 + 0.5 * slope, 0.0, 1.0), 0.5 + 0.36 * h, 1.0);
    } else {
        vec3 fold = IMG_THIS_NORM_PIXEL(cloth).rgb;
        vec2 slope = fold.rg * 2.0 - 256.0 / 255.0;
        vec3 picture = IMG_NORM_PIXEL(art, clamp(isf_FragNormCoord - presence * (0.011 + 0.005 * bass) * slope, -0.015, 1.015)).rgb;
        float facing = dot(slope, vec2(-0.75, 0.66));
        float sheen = smoothstep(0.08, 0.75, facing + 0.12 * fold.b);
        float shade = 1.0 + 0.5 * min(facing, 0.3) - 0.14 * (1.0 - fold.b);
        vec3 lit = picture * shade;
        lit += (0.5 + 0.25 * energy + 0.06 * beatPulse) * sheen * mix(palette4.rgb + 0.15, palette5.rgb, sheen) * (1.0 - lit);
        gl_FragColor = vec4(mix(picture, lit, presence), 1.0);
    }
}
