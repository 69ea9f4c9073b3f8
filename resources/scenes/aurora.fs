/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Curtains of northern light, in the picture's own colours, hang and fold over its dark parts",
  "CREDIT": "artvis",
  "CATEGORIES": ["calm", "light"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette2", "TYPE": "color"},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "curtains", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.55], "FINISH": true}
}*/
in vec2 at;
flat in vec3 hem_colour;
flat in vec3 veil_colour;
flat in vec3 top_colour;
in float dusk;

// One curtain: sharp below, where it is brightest, and torn into rays that fade upwards.
vec3 curtain(vec2 p, float seed, float foot, float tall) {
    float t = 0.16 * drift + seed;
    float along = p.x + 0.11 * sin(3.1 * p.x + 1.7 * t) + 0.05 * sin(8.3 * p.x - 2.3 * t + 2.0 * p.y);
    float hem = foot + 0.1 * sin(2.3 * along + t) + 0.045 * sin(6.7 * along - 1.4 * t);
    float up = (p.y - hem) / tall;
    float rays = 0.55 + 0.25 * sin(31.0 * along + 2.9 * t + 2.0 * sin(7.0 * along))
               + 0.2 * sin(73.0 * along - 4.1 * t) * (0.4 + 0.6 * treble);
    float folds = 0.5 + 0.5 * sin(4.1 * along - 0.9 * t + seed);
    float light = smoothstep(-0.03, 0.04, up) * exp(-2.1 * max(up, 0.0)) * (0.2 + 0.8 * folds * folds)
                * mix(1.0, 1.25 * rays, smoothstep(-0.03, 0.15, up));
    vec3 hue = mix(hem_colour, veil_colour, smoothstep(0.0, 0.3, up));
    return mix(hue, top_colour, smoothstep(0.25, 0.9, up)) * light;
}

void main() {
    if (PASSINDEX == 0) {
        vec2 p = (isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / min(RENDERSIZE.x, RENDERSIZE.y), 1.0);
        vec3 light = curtain(p, 0.0, 0.1, 0.5) + 0.7 * curtain(p * 1.25, 4.0, -0.06, 0.42);
        gl_FragColor = vec4(light * (0.8 + 0.25 * energy + 0.25 * bass), 1.0);
    } else {
        vec3 picture = IMG_NORM_PIXEL(art, at).rgb;
        vec3 light = IMG_THIS_NORM_PIXEL(curtains).rgb;
        picture *= 1.0 - presence * dusk * vec3(1.0, 0.9, 0.7);
        float dark = 1.0 - smoothstep(0.1, 0.95, dot(picture, vec3(0.3, 0.59, 0.11)));
        light *= presence * (0.25 + 0.75 * dark);
        gl_FragColor = vec4(picture + light * (1.0 - picture), 1.0);
    }
}
