/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Tall panes slide up and down past one another, each a little later than the one before",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.4, 1.0]}
}*/
const float PANES = 9.0;

void main() {
    vec2 uv = isf_FragNormCoord;
    float panes = RENDERSIZE.x < RENDERSIZE.y ? 5.0 : PANES;
    float pane = floor(uv.x * panes);
    float way = mod(pane, 2.0) * 2.0 - 1.0;
    float late = abs((pane + 0.5) / panes - 0.5) * 0.9;
    float slid = clamp(progress * 1.45 - late, 0.0, 1.0);
    slid = 1.0 - (1.0 - slid) * (1.0 - slid) * (1.0 - slid);
    slid = mix(slid * slid, slid, slid);
    float from_start = way > 0.0 ? uv.y : 1.0 - uv.y;         // how far from the side on which the new pane enters
    float inside = slid - from_start;
    float lag = (1.0 - slid) * way;
    vec3 a = IMG_NORM_PIXEL(startImage, vec2(uv.x, uv.y - way * slid * 0.25)).rgb;
    vec3 b = IMG_NORM_PIXEL(endImage, vec2(uv.x, clamp(uv.y + lag * 0.35, 0.0, 1.0))).rgb;
    float moving = 4.0 * slid * (1.0 - slid);
    float shade = exp(-max(-inside, 0.0) / 0.05) * moving;
    gl_FragColor = vec4(mix(a * (1.0 - 0.45 * shade), b, step(0.0, inside) * step(1e-4, slid)), 1.0);
}
