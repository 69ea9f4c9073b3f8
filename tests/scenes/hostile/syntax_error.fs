/*{
    "INPUTS": []
}*/

void main() {
    vec2 p = isf_FragNormCoord
    gl_FragColor = vec4(p, 0.0, 1.0);
}
