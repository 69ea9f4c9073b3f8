/*{
    "DESCRIPTION": "Written elsewhere: a byte order mark and other line ends.",
    "INPUTS": []
}*/

void main() {
    gl_FragColor = vec4(isf_FragNormCoord, 0.0, 1.0);
}
