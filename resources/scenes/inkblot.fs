/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Ink runs over the old picture and dries to the new one",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette1", "TYPE": "color", "DEFAULT": [0.8, 0.8, 0.8, 1]}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.75]}
}*/
float lot(vec2 p) {
    return fract(sin(dot(p, vec2(41.3, 289.1))) * 45758.5453);
}

float blot(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(lot(i), lot(i + vec2(1.0, 0.0)), f.x), mix(lot(i + vec2(0.0, 1.0)), lot(i + 1.0), f.x), f.y);
}

void main() {
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    vec2 p = (isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float paper = 0.62 * blot(p * 3.5 + 3.0) + 0.26 * blot(mat2(0.8, 0.6, -0.6, 0.8) * p * 9.0) + 0.12 * blot(p * 27.0);
    paper = clamp(1.4 * paper - 0.2, 0.0, 1.0);
    float wet = mix(0.28, 1.0, progress) * 1.5 - 0.25 - paper;  // below 0 dry and old, above 0.25 dry and new
    float share = smoothstep(0.0, 0.07, wet) ;
    float edge = smoothstep(-0.05, 0.02, wet) * (1.0 - smoothstep(0.02, 0.25, wet));
    edge *= smoothstep(0.0, 0.12, progress) * smoothstep(1.0, 0.88, progress);
    share = mix(step(0.5, progress), share, smoothstep(0.0, 0.04, progress) * smoothstep(1.0, 0.96, progress));
    vec3 c = mix(a, b, share);
    gl_FragColor = vec4(mix(c, c * 0.45 + palette1.rgb * 0.2, 0.6 * edge), 1.0);
}
