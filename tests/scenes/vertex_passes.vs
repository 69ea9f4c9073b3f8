varying vec2 turned;

void main() {
    isf_vertShaderInit();
    float a = PASSINDEX == 0 ? 6.2831853 * angle : 0.0;
    turned = mat2(cos(a), sin(a), -sin(a), cos(a)) * (isf_FragNormCoord - 0.5) + 0.5;
}
