out vec2 at_art;
out vec2 at_trail;

// Two octaves of a slow flow, each component within -1..1.
vec2 flow(vec2 p) {
    return vec2(sin(6.1 * p.y + 0.383 * drift) + 0.6 * sin(4.3 * p.x + 3.1 * p.y + 0.27 * drift),
                sin(5.3 * p.x + 0.547 * drift) + 0.6 * sin(3.7 * p.y - 4.1 * p.x + 0.182 * drift)) / 1.6;
}

// A beat runs outward from below the middle and is spent before it reaches the rim.
vec2 wave(vec2 p) {
    vec2 away = p - vec2(0.0, -0.12);
    float far = length(away) + 1e-3;
    float behind = (far - 1.5 * sinceBeat) / 0.16;
    float height = beatStrength * motion * exp(-2.6 * sinceBeat - behind * behind);
    return away / far * (0.007 * height * smoothstep(0.0, 0.2, far));
}

void main() {
    isf_vertShaderInit();
    vec2 p = (isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    at_art = isf_FragNormCoord + presence * (flow(p) * (0.004 + 0.006 * motion + 0.003 * bass * energy) - wave(p));
    float outward = (0.03 + 0.3 * bass * motion) * min(TIMEDELTA, 0.1);
    at_trail = 0.5 + (isf_FragNormCoord - 0.5) * (1.0 - outward) + flow(p * 1.7 + 2.0) * 0.0012 * motion;
}
