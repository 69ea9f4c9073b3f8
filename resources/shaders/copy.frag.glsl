// A small frame, enlarged to the size of the window.
in vec2 at_screen;
uniform sampler2D source;
out vec4 colour;

void main() {
    colour = texture(source, at_screen);
}
