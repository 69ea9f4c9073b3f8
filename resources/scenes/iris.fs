/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A lens opens on the new picture",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.1, 0.7]}
}*/
void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 p = (isf_FragNormCoord - 0.5) * shape;
    float far = length(p);
    float radius = progress * (0.5 * length(shape) + 0.16) - 0.08;
    float inside = radius - far;
    float share = smoothstep(-0.02, 0.02, inside);
    float rim = exp(-inside * inside / 0.004) * smoothstep(0.0, 0.08, progress) * smoothstep(1.0, 0.9, progress);
    vec2 bend = -p / shape * (0.22 * rim * share);
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb * (1.0 - 0.45 * rim * (1.0 - share));
    vec3 b = IMG_NORM_PIXEL(endImage, isf_FragNormCoord + bend).rgb * (1.0 + 0.25 * rim);
    gl_FragColor = vec4(mix(a, b, share), 1.0);
}
