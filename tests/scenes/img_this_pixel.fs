/*{
    "DESCRIPTION": "The two macros for this very place.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    gl_FragColor = 0.5 * IMG_THIS_PIXEL(inputImage) + 0.5 * IMG_THIS_NORM_PIXEL( inputImage );
}
