/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A dive into the old picture comes out in the new one",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.5, 1.0]}
}*/
void main() {
    vec2 away = isf_FragNormCoord - 0.5;
    float into = progress * progress;
    float out_of = (1.0 - progress) * (1.0 - progress);
    float far = dot(away, away);
    vec2 at_a = 0.5 + away * (1.0 - 0.62 * into - 0.25 * into * far);
    vec2 at_b = 0.5 + away * (1.0 - 0.45 * out_of + 0.25 * out_of * far * 0.8);
    vec3 a = IMG_NORM_PIXEL(startImage, at_a).rgb;
    vec3 b = IMG_NORM_PIXEL(endImage, at_b).rgb;
    float share = smoothstep(0.0, 1.0, clamp((progress - 0.05) / 0.75 + 0.5 * (0.25 - far) * (1.0 - abs(2.0 * progress - 1.0)), 0.0, 1.0));
    gl_FragColor = vec4(mix(a, b, share), 1.0);
}
