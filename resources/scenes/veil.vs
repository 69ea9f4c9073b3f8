out float cloud;

void main() {
    isf_vertShaderInit();
    vec2 p = (isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    cloud = 0.5 + 0.25 * (sin(5.1 * p.x + 2.3 * p.y + 0.3 * drift) + sin(3.7 * p.y - 4.3 * p.x - 0.2 * drift))
          + 0.12 * sin(9.0 * p.x + 1.7) * sin(8.0 * p.y + 0.6);
}
