out vec2 place;
out vec2 turned;
flat out vec4 mirrors;
flat out vec3 spin;
flat out float size;

void main() {
    isf_vertShaderInit();
    place = (isf_FragNormCoord - 0.5) * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float turn = 0.07 * drift;
    turned = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * place;
    mirrors = vec4(0.8660254, -0.5, 0.5, -0.8660254);
    // The picture turns below the mirrors, and what they show of it comes and goes with the bass.
    float under = 0.23 * drift;
    spin = vec3(cos(under), sin(under), 0.1 + 0.05 * sin(0.37 * drift) + 0.035 * bass);
    size = 0.37 + 0.012 * beatPulse + 0.01 * sin(0.4 * drift);
}
