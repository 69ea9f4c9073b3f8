out vec2 place;
out vec2 from;
out vec2 at;
flat out vec4 step_on;
flat out vec3 mouth;
flat out vec3 tint;

mat2 turning(float angle) {
    return mat2(cos(angle), sin(angle), -sin(angle), cos(angle));
}

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    place = (isf_FragNormCoord - 0.5) * shape;
    float dt = min(TIMEDELTA, 0.05);
    step_on = vec4(dt * (0.3 + 0.35 * motion + 0.25 * bass * energy), dt * (0.2 * sin(0.23 * drift) + 0.12 * sin(0.61 * drift + 2.0)), 0.0, 0.0);
    vec2 sway = dt * 0.02 * vec2(sin(6.0 * place.y + 0.9 * drift), sin(6.0 * place.x - 0.8 * drift)) * motion;
    from = 0.5 + (turning(step_on.y) * place * exp(-step_on.x) + sway) / shape;
    vec4 now = IMG_NORM_PIXEL(flight, vec2(0.5));
    at = 0.5 + turning(now.y) * place * exp(0.12 - now.x) / shape;
    at = clamp(at, -0.015, 1.015);
    // It opens like an iris, then flies on with the walls.
    mouth = vec3(0.34 * (1.0 - exp(-4.5 * now.z)) * exp(now.x), 0.05, 0.34 * exp(-1.5 * now.z) * smoothstep(0.0, 0.15, now.z));
    tint = mix(palette3.rgb, palette4.rgb, 0.5 + 0.5 * sin(0.5 * drift));
    tint = mix(vec3(dot(tint, vec3(0.333))), tint, 1.4);
    tint /= max(dot(tint, vec3(0.3, 0.59, 0.11)), 0.2);
}
