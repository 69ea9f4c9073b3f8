flat out float pipes;

void main() {
    isf_vertShaderInit();
    // As wide on every screen; an odd number, so that one stands in the middle.
    pipes = 2.0 * floor(clamp(9.0 * RENDERSIZE.x / RENDERSIZE.y, 6.0, 31.0)) + 1.0;
}
