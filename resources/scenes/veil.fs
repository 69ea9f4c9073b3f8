/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Drifting clouds of the new picture, its light parts first",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.55]}
}*/
in float cloud;

void main() {
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    float light = dot(b, vec3(0.299, 0.587, 0.114));
    float early = clamp(0.65 * cloud + 0.45 * light, 0.0, 1.0);
    float share = smoothstep(0.0, 1.0, clamp(mix(0.19, 1.0, progress) * 1.7 - 0.7 * (1.0 - early), 0.0, 1.0));
    gl_FragColor = vec4(mix(a, b, mix(share, progress, 0.25)), 1.0);
}
