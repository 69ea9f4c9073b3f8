// One triangle that covers the target.
out vec2 at_screen;

void main() {
    at_screen = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(at_screen * 2.0 - 1.0, 0.0, 1.0);
}
