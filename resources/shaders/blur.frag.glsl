// One direction of a Gaussian of nine taps, in five bilinear samples.
in vec2 at_screen;
uniform sampler2D source;
uniform vec2 way;
out vec4 colour;

void main() {
    vec2 d = way / vec2(textureSize(source, 0));
    vec3 c = texture(source, at_screen).rgb * 0.2270270;
    c += (texture(source, at_screen + d * 1.3846154).rgb + texture(source, at_screen - d * 1.3846154).rgb) * 0.3162162;
    c += (texture(source, at_screen + d * 3.2307692).rgb + texture(source, at_screen - d * 3.2307692).rgb) * 0.0702703;
    colour = vec4(c, 1.0);
}
