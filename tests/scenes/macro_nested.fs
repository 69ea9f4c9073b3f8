/*{
    "DESCRIPTION": "A place that another picture gives.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    gl_FragColor = IMG_NORM_PIXEL(inputImage, p + 0.2 * (IMG_NORM_PIXEL(inputImage, IMG_THIS_PIXEL(inputImage).rg).rg - 0.5));
}
