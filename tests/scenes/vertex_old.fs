/*{
    "DESCRIPTION": "A vertex shader in the words of the first version.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

varying vec4 tint;

void main() {
    gl_FragColor = IMG_NORM_PIXEL(inputImage, vv_FragNormCoord) * tint;
}
