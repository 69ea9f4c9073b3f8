/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture lies under clear water: each beat is a drop, its rings cross those of the last ones and throw light on the ground",
  "CREDIT": "artvis",
  "CATEGORIES": ["flowing", "glass"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sinceBeat", "TYPE": "float", "DEFAULT": 2.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatStrength", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "drops", "PERSISTENT": true, "FLOAT": true, "WIDTH": "4", "HEIGHT": "1"},
    {"TARGET": "water", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.1, 0.7], "FINISH": true}
}*/
in vec2 place;
in vec2 swell;
flat in vec4 ring0;
flat in vec4 ring1;
flat in vec4 ring2;
flat in vec4 ring3;

// The slope of the water where the rings of one drop pass: its place, how far its front is, how high it stands.
vec2 ripple(vec2 p, vec4 ring) {
    vec2 away = p - ring.xy;
    float far = length(away) + 1e-3;
    float behind = (ring.z - far) / 0.17;
    float packet = behind * exp(1.0 - behind) * smoothstep(-0.02, 0.25, behind) * step(0.0, behind);
    return away / far * (sin(11.0 * behind) * packet * ring.w * smoothstep(0.0, 0.05, far));
}

void main() {
    if (PASSINDEX == 0) {
        // The last four drops: number, age, strength. A beat moves all on by one; without beats one falls now and then.
        vec4 first = IMG_NORM_PIXEL(drops, vec2(0.125, 0.5));
        bool falls = sinceBeat < 0.99 * TIMEDELTA && first.y > 0.3 || first.y > 2.6 || first.w < 0.5;
        vec4 mine = IMG_NORM_PIXEL(drops, vec2(isf_FragNormCoord.x - (falls ? 0.25 : 0.0), 0.5));
        bool fresh = falls && isf_FragNormCoord.x < 0.25;
        gl_FragColor = fresh ? vec4(mod(first.x + 1.0, 64.0), 0.0, sinceBeat < 1.0 ? beatStrength : 0.4, 1.0)
                             : mine + vec4(0.0, TIMEDELTA, 0.0, 0.0);
    } else if (PASSINDEX == 1) {
        vec2 slope = swell + ripple(place, ring0) + ripple(place, ring1) + ripple(place, ring2) + ripple(place, ring3);
        gl_FragColor = vec4(clamp(0.5 + 0.5 * slope, 0.0, 1.0), 0.0, 1.0);
    } else {
        vec2 slope = IMG_THIS_NORM_PIXEL(water).rg * 2.0 - 256.0 / 255.0;
        vec2 at = clamp(isf_FragNormCoord - presence * 0.016 * slope, -0.015, 1.015);
        vec3 picture = IMG_NORM_PIXEL(art, at).rgb;
        float facing = dot(slope, vec2(0.6, 0.8));
        float glint = smoothstep(0.1, 0.75, facing);
        vec3 lit = picture * (1.0 + 0.42 * facing);
        lit += glint * (0.16 + 0.2 * energy) * mix(palette4.rgb, palette5.rgb, glint) * (1.0 - lit);
        gl_FragColor = vec4(mix(picture, lit, presence), 1.0);
    }
}
