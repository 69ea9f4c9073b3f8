/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture becomes a stage set: its light parts stand far, its dark ones near, and the eye walks past with mist between",
  "CREDIT": "artvis",
  "CATEGORIES": ["depth"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "motion", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "$WIDTH / 16", "HEIGHT": "$HEIGHT / 16"},
    {"TARGET": "soft", "WIDTH": "$WIDTH / 16", "HEIGHT": "$HEIGHT / 16"},
    {"TARGET": "depth", "WIDTH": "$WIDTH / 16", "HEIGHT": "$HEIGHT / 16"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.8], "FINISH": true}
}*/
in vec2 walk;
in vec2 push;
in vec2 lamp;
in float bank;

void main() {
    vec2 d = 1.3 / RENDERSIZE, e = vec2(d.x, -d.y);
    if (PASSINDEX == 0) {
        float light = dot(IMG_THIS_NORM_PIXEL(art).rgb, vec3(0.3, 0.59, 0.11));
        float near = 1.0 - smoothstep(0.05, 0.85, light);
        gl_FragColor = vec4(near, near, near, 1.0);
    } else if (PASSINDEX == 1) {
        // Soft, so that no edge tears when what is before it moves.
        gl_FragColor = 0.25 * (IMG_NORM_PIXEL(small, isf_FragNormCoord + d) + IMG_NORM_PIXEL(small, isf_FragNormCoord - d)
                             + IMG_NORM_PIXEL(small, isf_FragNormCoord + e) + IMG_NORM_PIXEL(small, isf_FragNormCoord - e));
    } else if (PASSINDEX == 2) {
        gl_FragColor = 0.25 * (IMG_NORM_PIXEL(soft, isf_FragNormCoord + d) + IMG_NORM_PIXEL(soft, isf_FragNormCoord - d)
                             + IMG_NORM_PIXEL(soft, isf_FragNormCoord + e) + IMG_NORM_PIXEL(soft, isf_FragNormCoord - e));
    } else {
        float near = IMG_THIS_NORM_PIXEL(depth).r;
        float before = IMG_NORM_PIXEL(depth, isf_FragNormCoord + lamp).r;
        vec3 picture = IMG_NORM_PIXEL(art, clamp(isf_FragNormCoord + presence * (walk * (near - 0.4) - push * near), -0.015, 1.015)).rgb;
        // What stands nearer throws its shadow on what is behind it, and mist lies between.
        float shadow = 0.8 * clamp(before - near, 0.0, 1.0) * presence;
        float mist = bank * (1.0 - 0.9 * near) * presence;
        vec3 pale = mix(palette4.rgb, palette5.rgb, 0.35);
        vec3 set = picture * (1.0 - shadow);
        gl_FragColor = vec4(mix(set, max(pale, set), mist), 1.0);
    }
}
