/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Strips turn over one after another, from the middle outward",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.4, 1.0]}
}*/
const float STRIPS = 20.0;

void main() {
    vec2 uv = isf_FragNormCoord;
    float strip = floor(uv.x * STRIPS);
    float place = fract(uv.x * STRIPS);
    float aside = abs((strip + 0.5) / STRIPS - 0.5) * 2.0;
    float turn = clamp(progress * 2.0 - aside, 0.0, 1.0);
    turn = turn * turn * (3.0 - 2.0 * turn);
    float width = abs(cos(turn * 3.14159265));               // a strip seen from its edge is narrow
    float across = (place - 0.5) / max(width, 0.02) + 0.5;
    vec2 at = vec2((strip + clamp(across, 0.0, 1.0)) / STRIPS, uv.y);
    bool front = turn < 0.5;
    vec3 c = front ? IMG_NORM_PIXEL(startImage, at).rgb : IMG_NORM_PIXEL(endImage, at).rgb;
    float there = smoothstep(0.5, 0.47, abs(across - 0.5) * step(0.001, 1.0 - width) );
    vec3 under = IMG_THIS_NORM_PIXEL(endImage).rgb * 0.55;
    gl_FragColor = vec4(mix(under, c * (0.62 + 0.38 * width), there), 1.0);
}
