/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A paper theatre: the picture is cut into layers, dark before light, that shade each other and shift as one walks past",
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
    {"NAME": "palette0", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "$WIDTH / 12", "HEIGHT": "$HEIGHT / 12"},
    {"TARGET": "soft", "WIDTH": "$WIDTH / 12", "HEIGHT": "$HEIGHT / 12"},
    {"TARGET": "depth", "WIDTH": "$WIDTH / 12", "HEIGHT": "$HEIGHT / 12"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.8], "FINISH": true}
}*/
in vec2 walk;
in vec2 push;
in vec2 lamp;
in float bank;
flat in vec2 range;  // how light the picture is at least, and between that and its lightest

// Which layer this is, 0..1; from one to the next there is a slope, so that no edge tears.
float layer(float near) {
    float n = near * 2.999, step_of = floor(n);
    return mix(near, (step_of + smoothstep(0.2, 0.8, n - step_of)) / 3.0, 0.5);
}

void main() {
    vec2 d = 1.1 / RENDERSIZE, e = vec2(d.x, -d.y);
    if (PASSINDEX == 0) {
        float light = dot(IMG_THIS_NORM_PIXEL(art).rgb, vec3(0.3, 0.59, 0.11));
        float near = clamp(1.0 - (light - range.x) / range.y, 0.0, 1.0);
        gl_FragColor = vec4(near, near, near, 1.0);
    } else if (PASSINDEX == 1) {
        // Soft, so that no edge tears when what is before it moves.
        gl_FragColor = 0.25 * (IMG_NORM_PIXEL(small, isf_FragNormCoord + d) + IMG_NORM_PIXEL(small, isf_FragNormCoord - d)
                             + IMG_NORM_PIXEL(small, isf_FragNormCoord + e) + IMG_NORM_PIXEL(small, isf_FragNormCoord - e));
    } else if (PASSINDEX == 2) {
        gl_FragColor = 0.25 * (IMG_NORM_PIXEL(soft, isf_FragNormCoord + d) + IMG_NORM_PIXEL(soft, isf_FragNormCoord - d)
                             + IMG_NORM_PIXEL(soft, isf_FragNormCoord + e) + IMG_NORM_PIXEL(soft, isf_FragNormCoord - e));
    } else {
        float near = layer(IMG_THIS_NORM_PIXEL(depth).r);
        float before = layer(IMG_NORM_PIXEL(depth, isf_FragNormCoord + lamp).r);
        vec2 at = isf_FragNormCoord + presence * (walk * (near - 0.4) - push * near);
        vec3 picture = IMG_NORM_PIXEL(art, clamp(at, -0.015, 1.015)).rgb;
        // What stands nearer throws its shadow on what is behind it, its own edge catches light, and mist lies between.
        float shadow = min(1.1 * max(before - near, 0.0), 0.45);
        float edge = min(max(near - before, 0.0), 0.4);
        vec3 pale = mix(palette4.rgb, palette5.rgb, 0.35);
        vec3 set = picture * (1.0 - shadow) + edge * (0.3 + 0.3 * picture) * pale * (1.0 - picture);
        set = mix(set, max(pale, set), bank * (1.0 - near));
        gl_FragColor = vec4(mix(picture, set, presence), 1.0);
    }
}
