/*{
    "DESCRIPTION": "Places within 0..1, over more than one line.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    gl_FragColor = IMG_NORM_PIXEL(
        inputImage,
        fract(isf_FragNormCoord * 2.0)
    );
}
