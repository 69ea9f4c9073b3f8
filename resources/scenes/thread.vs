out vec2 place;
out vec2 from;
flat out vec3 young;
flat out vec3 old;

vec3 shining(vec3 colour) {
    float most = max(colour.r, max(colour.g, colour.b)), grey = dot(colour, vec3(0.333));
    return clamp(mix(vec3(grey), colour, 1.5) / max(most, 0.2), 0.0, 1.0);
}

void main() {
    isf_vertShaderInit();
    vec2 shape = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    place = (isf_FragNormCoord - 0.5) * shape;
    // It rises, spreads, and is blown about.
    vec2 wind = vec2(0.035 * sin(4.0 * place.y + 0.8 * drift) + 0.03 * sin(9.0 * place.y - 5.0 * place.x - drift), 0.14 + 0.08 * motion + 0.1 * bass);
    wind.x += 0.05 * place.x;
    wind.y *= place.y > -0.3 ? 1.0 : 0.5;
    from = isf_FragNormCoord - wind * min(TIMEDELTA, 0.05) / shape;
    young = mix(shining(palette4.rgb), palette5.rgb, 0.5);
    old = shining(mix(palette2.rgb, palette3.rgb, 0.5 + 0.5 * sin(0.3 * drift)));
}
