out vec2 at;
out float dusk;
flat out vec3 hem_colour;
flat out vec3 veil_colour;
flat out vec3 top_colour;

// As bright as light can be in this hue: a dull palette makes no aurora.
vec3 shining(vec3 colour) {
    float most = max(colour.r, max(colour.g, colour.b)), grey = dot(colour, vec3(0.333));
    return clamp(mix(vec3(grey), colour, 1.7) / max(most, 0.2), 0.0, 1.0);
}

void main() {
    isf_vertShaderInit();
    vec2 p = isf_FragNormCoord - 0.5;
    // Cold air: the picture stands almost still, and its sky is a little darker than by day.
    at = isf_FragNormCoord + presence * 0.003 * vec2(sin(5.0 * p.y + 0.31 * drift), sin(4.0 * p.x + 0.23 * drift));
    dusk = 0.62 * smoothstep(0.1, 0.75, isf_FragNormCoord.y);
    hem_colour = mix(shining(palette4.rgb), palette5.rgb, 0.35);
    veil_colour = shining(palette3.rgb);
    top_colour = 0.8 * shining(palette2.rgb);
}
