/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The old picture runs down the wall like wet paint",
  "CREDIT": "artvis",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}
  ],
  "ARTVIS": {"ENERGY": [0.3, 0.95]}
}*/
float run(float x) {
    return 0.5 + 0.22 * sin(x * 13.0 + 1.0) + 0.16 * sin(x * 29.0 + 4.0) + 0.12 * sin(x * 61.0);
}

void main() {
    vec2 uv = isf_FragNormCoord;
    float shape = RENDERSIZE.x / RENDERSIZE.y;
    float drop = run(uv.x * shape * 0.6);                     // 0..1: how early this column runs
    float fallen = clamp(mix(0.12, 1.0, progress) * 1.65 - 0.65 * (1.0 - drop), 0.0, 1.0);
    fallen *= fallen;
    float edge = 1.0 - 1.06 * fallen + 0.03;                  // above it the wall is bare
    float over = smoothstep(edge + 0.004, edge - 0.016, uv.y);
    over = mix(1.0, over, smoothstep(0.0, 0.03, progress)) * smoothstep(1.0, 0.97, progress);
    float drawn = uv.y + fallen * (1.0 - uv.y) * 0.55;        // and the paint below is pulled along
    vec3 a = IMG_NORM_PIXEL(startImage, vec2(uv.x, min(drawn, 1.0))).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    float shade = exp(-max(uv.y - edge, 0.0) / 0.02) * smoothstep(0.0, 0.1, progress) * smoothstep(1.0, 0.9, progress);
    gl_FragColor = vec4(mix(b * (1.0 - 0.4 * shade), a, over), 1.0);
}
