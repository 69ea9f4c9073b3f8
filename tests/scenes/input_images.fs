/*{
    "DESCRIPTION": "Two images of any name.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"},
        {"NAME": "mask", "TYPE": "image"}
    ]
}*/

void main() {
    vec4 one = IMG_THIS_PIXEL(inputImage);
    vec4 other = IMG_NORM_PIXEL(mask, 1.0 - isf_FragNormCoord);
    gl_FragColor = vec4(mix(one.rgb, other.rgb, 0.5), 1.0);
}
