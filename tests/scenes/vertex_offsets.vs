varying vec2 offsets[4];

void main(void) {
    isf_vertShaderInit();
    vec2 d = reach / RENDERSIZE;
    offsets[0] = isf_FragNormCoord + vec2(d.x, 0.0);
    offsets[1] = isf_FragNormCoord - vec2(d.x, 0.0);
    offsets[2] = isf_FragNormCoord + vec2(0.0, d.y);
    offsets[3] = isf_FragNormCoord - vec2(0.0, d.y);
}
