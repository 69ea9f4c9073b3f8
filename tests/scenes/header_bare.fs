/*{}*/
void main() { gl_FragColor = vec4(isf_FragNormCoord.xy, 1.0, 1.0); }
