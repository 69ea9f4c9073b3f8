// The spectrum: one quad for each of 64 bars, at window size so that it stays crisp at any render scale.
in float level;

out vec2 at;        // pixels from the foot of the bar
flat out vec2 bar;  // its half width and its height in pixels
flat out vec4 tint; // colour and opacity

void main() {
    float span = screen.x * mix(0.86, 0.46, smoothstep(0.8, 1.6, screen.z));
    float pitch = span / 64.0;
    float tall = 0.15 * min(screen.y, screen.x);
    bar = vec2(max(0.75, pitch * 0.15), level * tall);
    float reach = max(3.0, pitch * 0.5);
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    at = mix(vec2(-reach, -reach - 0.35 * bar.y), vec2(reach, bar.y + reach), corner);

    float along = (float(gl_InstanceID) + 0.5) / 64.0;
    float aside = abs(2.0 * along - 1.0);  // the lowest bands stand in the middle
    vec3 hue = mix(mix(palette[5].rgb, palette[4].rgb, smoothstep(0.0, 0.5, aside)), palette[3].rgb,
                   smoothstep(0.5, 1.0, aside));
    hue = mix(hue, vec3(1.0), 0.06 + 0.3 * level);
    float edge = smoothstep(1.0, 0.6, aside);
    tint = vec4(hue, edge * min(1.0, 0.3 + 1.3 * level) * smoothstep(0.0, 0.03, level + 0.02 * sound.w) * change.z * change.w);

    vec2 foot = vec2((screen.x - span) * 0.5 + (float(gl_InstanceID) + 0.5) * pitch, 0.075 * screen.y);
    foot = floor(foot) + 0.5;  // all equally sharp
    gl_Position = vec4((foot + at) / screen.xy * 2.0 - 1.0, 0.0, 1.0);
}
