// Linear light, as a screen wants it.
in vec2 at_screen;
uniform sampler2D source;
out vec4 colour;

void main() {
    vec3 light = texture(source, at_screen).rgb;
    colour = vec4(mix(light * 12.92, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, light)), 1.0);
}
