// Glow, lamps and vignette: what is smooth is worked out on a mesh of 32 x 18, not per pixel.
uniform sampler2D finish_glow;
out vec3 finish_light;
out float finish_shade;

vec3 finish_lamp(vec2 p, vec2 where, float size, vec3 colour) {
    vec2 away = (p - where) / size;
    return colour * exp(-dot(away, away));
}

void finish_vertex() {
    vec2 rim = isf_FragNormCoord - 0.5;
    vec2 p = rim * vec2(screen.z, 1.0);
    vec2 one = vec2(sin(phases.x), sin(phases.y)) * vec2(0.34 * screen.z, 0.3);
    vec2 other = vec2(sin(phases.z + 2.0), sin(phases.w + 1.0)) * vec2(0.38 * screen.z, 0.34);
    vec3 glow = textureLod(finish_glow, isf_FragNormCoord, 0.0).rgb * screen.w;
    finish_light = glow + sound.w * (finish_lamp(p, one, 0.42, palette[4].rgb * (0.07 + 0.07 * sound.x))
                                   + finish_lamp(p, other, 0.5, palette[3].rgb * (0.06 + 0.08 * sound.y)));
    float vignette = 1.0 - 0.62 * dot(rim, rim);
    float scrim = 1.0 - 0.34 * sound.w * change.w * smoothstep(0.26, 0.0, isf_FragNormCoord.y);
    finish_shade = vignette * scrim * (1.0 + 0.02 * change.y) * change.z;
}
