out vec2 near;
out vec2 middle;
out vec2 far;
out vec2 bough;

void main() {
    isf_vertShaderInit();
    vec2 p = (isf_FragNormCoord - 0.5) * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    // Each part of a tree swings in its own time; a gust bends it further.
    float gust = 0.035 + 0.04 * energy + 0.03 * mid;
    vec2 swing = vec2(sin(0.9 * drift + 2.1 * p.x + 1.3 * p.y) + 0.4 * sin(2.3 * drift - 3.7 * p.y),
                      sin(0.7 * drift + 1.7 * p.y - 1.1 * p.x) + 0.4 * sin(1.9 * drift + 4.3 * p.x));
    mat2 turned = mat2(0.8, 0.6, -0.6, 0.8);
    near = turned * (p + gust * swing) * 7.5 + 20.5;
    middle = (p + 0.8 * gust * swing.yx) * 5.6 + 40.2;
    far = turned * (p * vec2(-1.0, 1.0) + 0.6 * gust * swing) * 4.1 + 60.7;
    bough = turned * (p + gust * swing.yx) * 3.4 + vec2(0.11, 0.07) * drift;
}
