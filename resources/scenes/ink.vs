out vec2 from;
out vec2 place;
flat out vec4 drop;
flat out vec3 ink;

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    place = (isf_FragNormCoord - 0.5) * shape;
    vec4 last = IMG_NORM_PIXEL(fall, vec2(0.5));
    float n = last.x;
    // The golden angle: no drop falls where one has just fallen.
    vec2 where = vec2(cos(2.39996 * n), sin(2.39996 * n)) * sqrt(fract(0.618 * n + 0.3)) * 0.4 * shape;
    float age = last.y;
    drop = vec4(where, 0.05 + 0.13 * last.z * smoothstep(0.0, 0.4, age), 0.95 * smoothstep(0.42, 0.3, age) * smoothstep(0.0, 0.1, age));
    float hue = fract(0.382 * n);
    ink = hue < 0.33 ? palette1.rgb : hue < 0.66 ? palette2.rgb : palette3.rgb;
    float most = max(ink.r, max(ink.g, ink.b));
    ink = clamp(mix(vec3(dot(ink, vec3(0.333))), ink, 1.5) * (0.75 / max(most, 0.25)), 0.0, 1.0);

    // Slow whirls carry the ink, and the drop that has just fallen pushes outwards.
    float t = 0.21 * drift;
    vec2 flow = vec2(sin(4.3 * place.y + t) + 0.7 * sin(9.1 * place.y - 3.1 * place.x - 1.7 * t),
                     sin(3.9 * place.x - 1.3 * t) + 0.7 * sin(8.3 * place.x + 2.7 * place.y + 1.1 * t));
    vec2 away = place - where;
    float far = length(away) + 1e-3;
    vec2 push = away / far * exp(-far * far * 18.0) * 0.22 * exp(-age * 1.6) * smoothstep(0.02, 0.1, far);
    vec2 speed = flow * (0.014 + 0.03 * motion + 0.02 * bass) + push + vec2(0.0, -0.02);
    from = isf_FragNormCoord - speed * min(TIMEDELTA, 0.05) / shape;
}
