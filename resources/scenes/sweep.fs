/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A soft band of light crosses the wall, and the new picture lies behind it",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color", "DEFAULT": [0.8, 0.8, 0.8, 1]}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.6]}
}*/
in float along;

void main() {
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    float share = smoothstep(-0.22, 0.22, mix(0.12, 1.0, progress) * 1.44 - 0.22 - along);
    float band = share * (1.0 - share) * 4.0;
    vec3 c = mix(a, b, share);
    gl_FragColor = vec4(c + palette4.rgb * (0.22 * band * band) * (1.0 - c), 1.0);
}
