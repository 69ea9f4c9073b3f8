/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Tiles of the old picture are exchanged for the new, the darker ones sooner",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.35, 1.0]}
}*/
float lot(vec2 p) {
    return fract(sin(dot(p, vec2(41.3, 289.1))) * 45758.5453);
}

void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 tiles = floor(shape * 14.0 + 0.5);
    vec2 tile = floor(isf_FragNormCoord * tiles), at = fract(isf_FragNormCoord * tiles) - 0.5;
    vec3 middle = IMG_NORM_PIXEL(startImage, (tile + 0.5) / tiles).rgb;
    float late = clamp(0.2 * dot(middle, vec3(0.3, 0.6, 0.1)) + 0.8 * lot(tile), 0.0, 1.0);
    float open = clamp(progress * 2.0 - late, 0.0, 1.0);
    open = sqrt(open);
    float reach = max(abs(at.x), abs(at.y));
    float share = smoothstep(0.02, -0.02, reach - 0.53 * open) * step(1e-4, open);
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    float rim = exp(-abs(reach - 0.53 * open) * 40.0) * 4.0 * open * (1.0 - open);
    gl_FragColor = vec4(mix(a, b, share) * (1.0 - 0.35 * rim), 1.0);
}
