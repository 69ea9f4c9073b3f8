// What is light enough to glow, four by four pixels at a time.
in vec2 at_screen;
uniform sampler2D source;
out vec4 colour;

vec3 glowing(vec2 at) {
    vec3 c = texture(source, at).rgb;
    return c * smoothstep(0.5, 1.0, max(c.r, max(c.g, c.b)));
}

void main() {
    vec2 d = 1.0 / vec2(textureSize(source, 0));
    colour = vec4((glowing(at_screen - d) + glowing(at_screen + d)
                 + glowing(at_screen + vec2(d.x, -d.y)) + glowing(at_screen + vec2(-d.x, d.y))) * 0.25, 1.0);
}
