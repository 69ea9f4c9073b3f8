/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture is cut into pillars like the pipes of an organ; each rises with its part of the sound",
  "CREDIT": "artvis",
  "CATEGORIES": ["spectrum", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "tones", "TYPE": "audioFFT"},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "levels", "PERSISTENT": true, "FLOAT": true, "WIDTH": "64", "HEIGHT": "1"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.35, 1.0], "FINISH": true, "BARS": false}
}*/
flat in float pipes;

void main() {
    if (PASSINDEX == 0) {
        // The lowest pipes stand in the middle; each follows its part of the spectrum as fast as a hammer, and sinks slowly.
        float along = abs(isf_FragNormCoord.x - 0.5) * 2.0;
        float pitch = 0.004 + 0.5 * along * along;
        float wide = 0.004 + 0.03 * along;
        float heard = 0.25 * (IMG_NORM_PIXEL(tones, vec2(pitch, 0.5)).r + IMG_NORM_PIXEL(tones, vec2(pitch + wide, 0.5)).r
                            + IMG_NORM_PIXEL(tones, vec2(pitch + 2.0 * wide, 0.5)).r + IMG_NORM_PIXEL(tones, vec2(pitch + 3.0 * wide, 0.5)).r);
        // What is new in it counts more than what sounds all the time.
        vec2 known = IMG_THIS_NORM_PIXEL(levels).rg;
        float usual = known.g + (heard - known.g) * (1.0 - exp(-TIMEDELTA / 2.5));
        float middle = (1.0 - along) * (1.0 - along);
        heard = clamp(0.26 + (3.0 + 6.0 * middle) * (heard - usual), 0.0, 1.0);
        heard = mix(heard, bass, 0.6 * middle) * min(1.0, 0.4 + energy);
        float level = known.r + (heard - known.r) * (1.0 - exp(-TIMEDELTA / (heard > known.r ? 0.05 : 0.3)));
        gl_FragColor = vec4(level, usual, 0.0, 1.0);
    } else {
        float x = isf_FragNormCoord.x * pipes;
        float pipe = floor(x), in_it = x - pipe - 0.5;
        float level = IMG_NORM_PIXEL(levels, vec2((pipe + 0.5) / pipes, 0.5)).r;
        float beside = IMG_NORM_PIXEL(levels, vec2((pipe + 0.5 + sign(in_it)) / pipes, 0.5)).r;
        // A pillar grows from its foot: what is in it is stretched upwards.
        float y = isf_FragNormCoord.y / (1.0 + 0.3 * presence * level);
        vec3 picture = IMG_NORM_PIXEL(art, vec2(isf_FragNormCoord.x, y)).rgb;
        // It is round, it shades the lower ones beside it, and it bears a light as high as it sounds.
        float side = abs(in_it) * 2.0;
        float round_it = 1.04 - (0.1 + 0.22 * level) * side * side * side;
        float shade = 1.0 - 0.6 * clamp(beside - level, 0.0, 0.7) * smoothstep(0.0, 1.0, side);
        vec3 lit = picture * round_it * shade;
        float top = 0.03 + 0.8 * level - 0.02 * side * side, below = top - isf_FragNormCoord.y;
        vec3 hue = mix(mix(palette3.rgb, palette4.rgb, 0.5), palette5.rgb, smoothstep(0.25, 0.0, below));
        float glow = below > 0.0 ? 0.26 * exp(-8.0 * below) : 0.0;
        glow += smoothstep(0.006, 0.001, abs(below));
        lit += hue * glow * (1.0 - side * side * side) * (0.3 + 0.7 * min(1.0, 4.0 * level)) * (1.0 - 0.7 * lit);
        gl_FragColor = vec4(mix(picture, lit, presence), 1.0);
    }
}
