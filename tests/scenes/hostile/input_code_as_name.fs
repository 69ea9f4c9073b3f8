/*{"INPUTS": [{"NAME": "x; void main() {}", "TYPE": "float"}]}*/
void main() { gl_FragColor = vec4(isf_FragNormCoord, 0.0, 1.0); }
