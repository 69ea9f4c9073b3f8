out float along;

void main() {
    isf_vertShaderInit();
    vec2 p = isf_FragNormCoord;
    along = 0.75 * p.x + 0.25 * p.y + 0.03 * sin(7.0 * p.y) * sin(3.14159 * p.x);
    along = clamp(along, 0.0, 1.0);
}
