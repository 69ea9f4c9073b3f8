/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A beat runs outward as through still water, and what is light lingers and drifts",
  "CREDIT": "artvis",
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "motion", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sinceBeat", "TYPE": "float", "DEFAULT": 2.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatStrength", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "PASSES": [
    {"TARGET": "trail", "PERSISTENT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.7], "FINISH": true}
}*/
in vec2 at_art;
in vec2 at_trail;

void main() {
    vec3 now = IMG_NORM_PIXEL(art, at_art).rgb;
    if (PASSINDEX == 0) {
        // Less one step of 8 bits: a product alone would round back to itself and leave a ghost for ever.
        vec3 lingering = IMG_NORM_PIXEL(trail, at_trail).rgb * exp(-TIMEDELTA / 0.55) - 1.0 / 255.0;
        gl_FragColor = vec4(mix(now, max(now, lingering), 0.7 + 0.28 * energy), 1.0);
    } else {
        vec3 lingering = IMG_THIS_NORM_PIXEL(trail).rgb;
        float lit = smoothstep(0.3, 0.9, max(lingering.r, max(lingering.g, lingering.b)));
        now += max(lingering - now, 0.0) * (presence * (0.1 + 0.45 * energy) * lit);
        gl_FragColor = vec4(now, 1.0);
    }
}
