/*{}*/
// One line, and
#define TWO(x) ((x) + \
    (x))
void main() {
    gl_FragColor = vec4(TWO(1.0));
    gl_FragColor.r = nowhere;
}
