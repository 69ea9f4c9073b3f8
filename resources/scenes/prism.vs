out vec3 bars;
out vec3 broken;

// A place before, on and behind the screen, back and forth.
float glide(float t) {
    return 0.9 * sin(t) + 0.2 * sin(2.3 * t + 1.0);
}

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 p = (isf_FragNormCoord - 0.5) * shape;
    float across = dot(p, vec2(0.93, 0.37)), reach = 0.5 * shape.x;
    vec3 middle = reach * vec3(glide(0.19 * drift), glide(0.143 * drift + 2.2), glide(0.231 * drift + 4.1));
    bars = (across - middle) / vec3(0.155, 0.095, 0.05);
    broken = vec3(0.010, 0.013, 0.008) * (0.25 + 0.35 * bass + 1.0 * beatPulse);
}
