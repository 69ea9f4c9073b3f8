/*{"INPUTS": [{"NAME": "x", "TYPE": "float"}, {"NAME": "x", "TYPE": "color"}]}*/
void main() { gl_FragColor = vec4(isf_FragNormCoord, 0.0, 1.0); }
