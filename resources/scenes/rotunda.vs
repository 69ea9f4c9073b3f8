out vec2 place;
flat out float open;

void main() {
    isf_vertShaderInit();
    place = (isf_FragNormCoord - 0.5) * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    // A step with each beat, further, back, and home; it eases, as a heavy wheel does.
    float beat = 4.0 * barPhase, whole = floor(beat), part = smoothstep(0.0, 0.7, beat - whole);
    float now = whole < 0.5 ? 0.0 : whole < 1.5 ? 0.75 : whole < 2.5 ? -0.6 : 1.0;
    float next = whole < 0.5 ? 0.75 : whole < 1.5 ? -0.6 : whole < 2.5 ? 1.0 : 0.0;
    open = mix(now, next, part) * (0.4 + 0.7 * energy);
}
