out vec2 ahead;
out vec3 lamp;
out float dim;
flat out float thick;

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 p = (isf_FragNormCoord - 0.5) * shape;
    float turn = 0.35 * drift;
    vec2 from = vec2(cos(turn), sin(turn)) * 0.56 * shape - p;
    float far = length(from) + 1e-3;
    ahead = from / far * 1.6;  // towards the lamp, in pixels of a half-size buffer
    ahead.x *= RENDERSIZE.y / RENDERSIZE.x;
    float reach = far / (0.8 + 0.1 * energy + 0.05 * bass);
    lamp = mix(vec3(1.0, 0.95, 0.86), palette5.rgb, 0.35) * exp(-reach * reach) * (1.15 + 0.12 * beatPulse);
    dim = 0.64;
    // A picture of few tones has flat paint: it is seen from nearer.
    thick = clamp(0.75 / (dot(palette5.rgb - palette0.rgb, vec3(0.3, 0.59, 0.11)) + 0.1), 0.9, 2.2);
}
