/*{}*/
void main() {
    float x = 0.0;
    while (true) {
        x += 0.1;
    }
    gl_FragColor = vec4(x);
}
