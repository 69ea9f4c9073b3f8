out vec2 place;
out vec2 from;
out float heat;
flat out vec3 ember;

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    place = (isf_FragNormCoord - 0.5) * shape;
    from = isf_FragNormCoord - vec2(0.02 * sin(6.0 * place.y + drift), 0.04 + 0.04 * bass) * min(TIMEDELTA, 0.05) / shape;
    // Embers glow in the warmest that the palette has.
    vec3 warm = mix(palette3.rgb, palette4.rgb, 0.5);
    warm = mix(vec3(dot(warm, vec3(0.333))), warm, 1.5) / max(max(warm.r, max(warm.g, warm.b)), 0.2);
    ember = clamp(mix(warm, vec3(1.0, 0.42, 0.12), 0.55), 0.0, 1.0);
    float flame = 0.06 * sin(5.0 * place.x + 1.1 * drift) + 0.05 * sin(9.0 * place.x - 1.7 * drift);
    heat = smoothstep(0.62 + 0.15 * bass + flame, 0.0, isf_FragNormCoord.y) * (0.7 + 0.3 * bass);
}
