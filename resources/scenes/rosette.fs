/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture stands whole in the middle of a rose window that is made of its own mirrored pieces",
  "CREDIT": "artvis",
  "CATEGORIES": ["pattern", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [{}],
  "ARTVIS": {"ENERGY": [0.45, 1.0], "FINISH": true, "BARS": false}
}*/
in vec2 place;
in vec2 turned;
flat in vec4 mirrors;  // two of the planes at which a place is folded
flat in vec3 spin;     // how the picture is turned below them, and from where on it is shown
flat in float size;

void main() {
    vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
    float far = length(place);
    if (far > size) {
        // Folded at three planes: a twelfth of the circle is left.
        vec2 p = abs(turned);
        p -= 2.0 * min(dot(p, mirrors.xy), 0.0) * mirrors.xy;
        p -= 2.0 * min(dot(p, mirrors.zw), 0.0) * mirrors.zw;
        // Rings beyond the middle show what lies within it, outside in, and then on again.
        float ring = (far - size) / (0.36 + 0.03 * bass);
        float fold = abs(fract(0.5 * ring) * 2.0 - 1.0);
        vec2 d = p / far, twice = vec2(d.x * d.x - d.y * d.y, 2.0 * d.x * d.y);
        vec2 wide = vec2(twice.x * d.x - twice.y * d.y, twice.x * d.y + twice.y * d.x);  // a quarter of the picture in each piece
        vec2 at = mat2(spin.x, spin.y, -spin.y, spin.x) * wide * (spin.z + 0.34 * fold);
        vec3 piece = IMG_NORM_PIXEL(art, 0.5 + at * min(RENDERSIZE.x, RENDERSIZE.y) / RENDERSIZE).rgb;
        float edge = smoothstep(0.0, 0.09, far - size);
        float hoop = exp(-abs(far - size - 0.012) * 90.0) + 0.5 * exp(-abs(abs(fract(ring) - 0.5) - 0.5) * 26.0);
        vec3 seen = piece * (0.62 + 0.3 * edge) + mix(palette4.rgb, palette5.rgb, 0.5) * hoop * (0.16 + 0.22 * energy * (0.5 + beatPulse)) * (1.0 - piece);
        picture = mix(picture, seen, presence * smoothstep(0.0, 0.02, far - size) );
    }
    gl_FragColor = vec4(picture, 1.0);
}
