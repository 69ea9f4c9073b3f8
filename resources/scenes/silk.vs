out vec2 place;

void main() {
    isf_vertShaderInit();
    place = (isf_FragNormCoord - 0.5) * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
}
