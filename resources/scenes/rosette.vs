out vec2 place;
out vec2 turned;
flat out vec4 mirrors;
flat out float size;

void main() {
    isf_vertShaderInit();
    place = (isf_FragNormCoord - 0.5) * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float turn = 0.09 * drift;
    turned = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * place;
    mirrors = vec4(0.5, -0.8660254, 0.8660254, -0.5);
    size = 0.37 + 0.012 * beatPulse + 0.01 * sin(0.4 * drift);
}
