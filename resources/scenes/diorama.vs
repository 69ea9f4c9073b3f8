out vec2 walk;
out vec2 push;
out vec2 lamp;
out float bank;
flat out vec2 range;

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 p = (isf_FragNormCoord - 0.5) * shape;
    // From side to side, and a step closer on the beat.
    walk = vec2(sin(0.55 * drift), 0.45 * sin(0.37 * drift + 1.0)) * (0.02 + 0.01 * motion) / shape;
    lamp = vec2(0.024 + 0.01 * sin(0.31 * drift), -0.026) / shape;
    push = (isf_FragNormCoord - 0.5) * (0.022 + 0.012 * sin(0.29 * drift) + 0.018 * beatPulse + 0.014 * bass);
    float slow = 0.12 * drift;
    float banks = sin(2.1 * p.x + 3.0 * slow + 1.3 * sin(2.9 * p.y - slow)) + sin(3.7 * p.x - 2.2 * slow + 1.9 * p.y)
                + 0.7 * sin(6.1 * p.x + 1.7 * slow - 4.0 * p.y);
    bank = (0.4 + 0.15 * energy) * smoothstep(-1.0, 1.5, banks) * smoothstep(0.6, 0.0, abs(p.y + 0.08));
    vec3 grey = vec3(0.3, 0.59, 0.11);
    range.x = 0.8 * dot(palette0.rgb, grey);
    range.y = max(dot(palette5.rgb, grey) - range.x, 0.1);
}
