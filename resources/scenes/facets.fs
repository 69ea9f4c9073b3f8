/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture breaks into facets that turn to the new one, each in its own time",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette5", "TYPE": "color", "DEFAULT": [0.8, 0.8, 0.8, 1]}
  ],
  "ARTVIS": {"ENERGY": [0.4, 1.0]}
}*/
vec2 scatter(vec2 p) {
    return fract(sin(vec2(dot(p, vec2(127.1, 311.7)), dot(p, vec2(269.5, 183.3)))) * 43758.5453);
}

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 p = isf_FragNormCoord * shape * 7.0;
    vec2 cell = floor(p), at = fract(p), mine = vec2(0.0);
    float nearest = 9.0, second = 9.0;
    for (int n = 0; n < 9; n++) {
        vec2 next = vec2(float(n % 3) - 1.0, float(n / 3) - 1.0);
        vec2 to = next + 0.15 + 0.7 * scatter(cell + next) - at;
        float far = dot(to, to);
        if (far < nearest) { second = nearest; nearest = far; mine = cell + next; }
        else if (far < second) { second = far; }
    }
    vec2 lot = scatter(mine + 31.0);
    float turn = clamp(mix(0.1, 1.0, progress) * 1.9 - 0.9 * lot.x, 0.0, 1.0);
    float moving = 4.0 * turn * (1.0 - turn);
    vec2 lean = (lot - 0.5) * 0.02 * moving;
    vec3 a = IMG_NORM_PIXEL(startImage, isf_FragNormCoord + lean).rgb;
    vec3 b = IMG_NORM_PIXEL(endImage, isf_FragNormCoord - lean).rgb;
    float seam = smoothstep(0.10, 0.0, sqrt(second) - sqrt(nearest)) * moving;
    vec3 c = mix(a, b, smoothstep(0.3, 0.7, turn));
    gl_FragColor = vec4(mix(c * (1.0 + 0.1 * moving * (lot.y - 0.5)), palette5.rgb, 0.35 * seam), 1.0);
}
