out vec2 place;
out vec2 swell;
flat out vec4 ring0;
flat out vec4 ring1;
flat out vec4 ring2;
flat out vec4 ring3;

vec4 ring(float column, vec2 shape) {
    vec4 drop = IMG_NORM_PIXEL(drops, vec2(column, 0.5));
    // The golden angle: no drop falls where one has just fallen.
    vec2 where = vec2(cos(2.39996 * drop.x), sin(2.39996 * drop.x)) * sqrt(fract(0.618 * drop.x + 0.45)) * 0.42 * shape;
    return vec4(where, 0.46 * drop.y, drop.w * (0.35 + 0.65 * drop.z) * exp(-1.15 * drop.y) * smoothstep(0.0, 0.12, drop.y));
}

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    place = (isf_FragNormCoord - 0.5) * shape;
    float t = 0.5 * drift;
    swell = 0.13 * vec2(sin(7.1 * place.y + t) + sin(11.0 * place.x + 4.0 * place.y - 1.3 * t),
                        sin(6.3 * place.x - 1.1 * t) + sin(9.7 * place.y - 5.0 * place.x + 0.9 * t));
    ring0 = ring(0.125, shape);
    ring1 = ring(0.375, shape);
    ring2 = ring(0.625, shape);
    ring3 = ring(0.875, shape);
}
