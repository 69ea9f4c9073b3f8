/*{}*/
varying vec2 given;
void main() { gl_FragColor = vec4(given, 0.0, 1.0); }
