/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture as a window of leaded glass: every pane a colour of it, and the lead glimmers with the beat",
  "CREDIT": "artvis",
  "CATEGORIES": ["glass", "pattern"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "$WIDTH / 16", "HEIGHT": "$HEIGHT / 16"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.25, 0.85], "FINISH": true}
}*/
in vec3 corner;
in float lamp;
flat in vec4 pane;  // its middle, and which way it is tilted

void main() {
    if (PASSINDEX == 0) {
        gl_FragColor = IMG_THIS_NORM_PIXEL(art);
    } else {
        vec3 picture = IMG_NORM_PIXEL(art, isf_FragNormCoord + presence * 0.009 * pane.zw).rgb;
        vec3 melt = IMG_NORM_PIXEL(small, pane.xy).rgb;
        vec3 glass = mix(picture, melt, 0.42) * (1.0 + 0.13 * pane.z) + 0.05 * lamp * (1.0 + pane.w) * palette5.rgb;
        vec3 width = fwidth(corner);
        vec3 away = corner / width;  // pixels from each side
        float side = min(away.x, min(away.y, away.z));
        float thin = RENDERSIZE.y / 720.0;
        float lead = 1.0 - smoothstep(0.7 * thin, 2.1 * thin, side);
        float rim = exp(-side / (7.0 * thin));
        glass *= 1.0 - 0.22 * rim;
        vec3 glimmer = palette4.rgb * (0.1 + lamp * (0.4 + 0.3 * energy + 0.35 * beatPulse));
        glass = mix(glass, 0.3 * melt + glimmer, lead * 0.9) + 0.06 * beatPulse * lamp * rim * palette5.rgb;
        gl_FragColor = vec4(mix(picture, glass, presence), 1.0);
    }
}
