/*{"DESCRIPTION": "It ends, in an hour.", "INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/
void main() {
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 100000000; i++) sum += IMG_NORM_PIXEL(inputImage, fract(isf_FragNormCoord + float(i) * 0.001 + sum.xy));
    gl_FragColor = sum;
}
