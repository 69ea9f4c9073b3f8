/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A ring runs outward from the middle and leaves the new picture in its wake",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.2, 0.85]}
}*/
void main() {
    vec2 shape = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 p = (isf_FragNormCoord - 0.5) * shape;
    float far = length(p);
    float reach = 0.5 * length(shape) + 0.25;
    float behind = mix(0.14, 1.0, progress) * (reach + 0.25) - 0.25 - far;   // the front has passed by so much
    float ring = exp(-behind * behind / 0.012) * smoothstep(0.0, 0.1, progress) * smoothstep(1.0, 0.9, progress);
    vec2 push = p / (far + 1e-3) / shape * (0.03 * ring * sin(behind * 28.0));
    vec3 a = IMG_NORM_PIXEL(startImage, isf_FragNormCoord + push).rgb;
    vec3 b = IMG_NORM_PIXEL(endImage, isf_FragNormCoord + push).rgb;
    float share = smoothstep(-0.12, 0.12, behind);
    share = clamp(mix(0.0, share, smoothstep(0.0, 0.05, progress)), 0.0, 1.0);
    share = mix(share, 1.0, smoothstep(0.95, 1.0, progress));
    gl_FragColor = vec4(mix(a, b, share) * (1.0 + 0.18 * ring * cos(behind * 28.0)), 1.0);
}
