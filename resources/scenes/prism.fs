/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Bars of cut glass glide before the picture; a strong beat breaks their light into its colours",
  "CREDIT": "artvis",
  "CATEGORIES": ["glass"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [{}],
  "ARTVIS": {"ENERGY": [0.3, 0.9], "FINISH": true}
}*/
in vec3 bars;    // how far the middle of each bar is, across it, in half widths
in vec3 broken;  // how far its light spreads

void main() {
    // The bar in front of the others here, if any.
    vec3 inside = smoothstep(vec3(1.0), vec3(0.985), abs(bars));
    float spread = broken.x, x = bars.x, glass = inside.x;
    if (inside.y > glass) { spread = broken.y; x = bars.y; glass = inside.y; }
    if (inside.z > glass) { spread = broken.z; x = bars.z; glass = inside.z; }
    vec3 picture;
    if (glass <= 0.0) {
        picture = IMG_THIS_NORM_PIXEL(art).rgb;
        // A bar throws a soft shadow beside itself.
        vec3 beside = exp(-max(abs(bars) - 1.0, 0.0) * 5.0);
        picture *= 1.0 - 0.22 * presence * max(beside.x, max(beside.y, beside.z));
    } else {
        // Three faces: the middle one is almost flat, the ground ones bend and spread the light.
        float side = smoothstep(0.36, 0.5, abs(x)) * sign(x);
        float bend = side * (0.55 + 0.45 * abs(x)) + 0.3 * x;
        vec2 away = vec2(-0.93, -0.37) * presence * glass;
        vec2 at = isf_FragNormCoord + away * bend * 0.034;
        vec2 apart = away * spread * (0.25 + abs(bend));
        picture = vec3(IMG_NORM_PIXEL(art, clamp(at + apart, -0.015, 1.015)).r,
                       IMG_NORM_PIXEL(art, clamp(at, -0.015, 1.015)).g,
                       IMG_NORM_PIXEL(art, clamp(at - apart, -0.015, 1.015)).b);
        float face = 1.0 + 0.12 * side;
        float edge = smoothstep(0.06, 0.0, abs(abs(x) - 0.43)) * 0.5 + smoothstep(0.93, 1.0, abs(x));
        vec3 hue = mix(palette3.rgb, palette5.rgb, 0.5 + 0.5 * x);
        vec3 lit = picture * face + hue * (0.05 + 0.05 * side + (0.22 + 0.1 * energy) * edge) * (1.0 - picture);
        picture = mix(picture, lit, presence * glass);
    }
    gl_FragColor = vec4(picture, 1.0);
}
