/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The sound itself is a thread of light across the picture, and what it was rises from it like smoke",
  "CREDIT": "artvis",
  "CATEGORIES": ["waveform", "feedback", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "wave", "TYPE": "audio"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "motion", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette2", "TYPE": "color"},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "string", "PERSISTENT": true, "FLOAT": true, "WIDTH": "128", "HEIGHT": "1"},
    {"TARGET": "smoke", "PERSISTENT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.35, 1.0], "FINISH": true, "BARS": false}
}*/
in vec2 place;
in vec2 from;
flat in vec3 young;
flat in vec3 old;

void main() {
    if (PASSINDEX == 0) {
        // Neighbours in time and along the thread are drawn together: a string, not a scribble.
        float heard = 0.0, x = 0.03 + 0.82 * isf_FragNormCoord.x;
        for (int i = 0; i < 16; i++) heard += IMG_NORM_PIXEL(wave, vec2(x + 0.009 * float(i), 0.25)).r - 0.5;
        heard = 0.17 * heard / (0.6 + abs(heard) * 0.2);  // loud as it may be, it stays within the picture
        float before = IMG_THIS_NORM_PIXEL(string).r;
        gl_FragColor = vec4(before + (heard - before) * (1.0 - exp(-TIMEDELTA / 0.06)), 0.0, 0.0, 1.0);
    } else if (PASSINDEX == 1) {
        vec2 d = vec2(1.0 / RENDERSIZE.x, 0.0) * 0.8;
        vec4 risen = 0.5 * (IMG_NORM_PIXEL(smoke, from + d) + IMG_NORM_PIXEL(smoke, from - d));
        risen.rgb = mix(risen.rgb, old, 1.0 - exp(-TIMEDELTA / 0.9));
        risen.a -= risen.a * (1.0 - exp(-TIMEDELTA / 1.3)) + 0.6 / 255.0;
        float x = isf_FragNormCoord.x, taper = 4.0 * x * (1.0 - x);
        float y = IMG_NORM_PIXEL(string, vec2(x, 0.5)).r * taper * 0.5 - 0.2 + 0.02 * sin(3.0 * place.x + 0.6 * drift);
        float away = abs(place.y - y);
        float line = (smoothstep(0.006, 0.002, away) + 0.3 * exp(-away * 60.0)) * smoothstep(0.0, 0.4, taper);
        gl_FragColor = vec4(mix(risen.rgb, young, clamp(line * 2.0, 0.0, 1.0)), max(risen.a, min(line, 1.0) * (0.55 + 0.45 * energy)));
    } else {
        vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
        vec4 veil = IMG_THIS_NORM_PIXEL(smoke);
        vec3 dark = picture * 0.7;
        vec3 lit = dark + veil.rgb * veil.a * (1.0 - dark);
        vec3 dyed = mix(picture * 0.85, veil.rgb * 0.9, 0.75 * veil.a);
        vec3 seen = mix(lit, dyed, smoothstep(0.35, 0.75, dot(picture, vec3(0.3, 0.59, 0.11))));
        gl_FragColor = vec4(mix(picture, seen, presence), 1.0);
    }
}
