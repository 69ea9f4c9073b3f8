/*{
    "DESCRIPTION": "Macros inside macros of the file.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

#define AT(p) IMG_NORM_PIXEL(inputImage, p)
#define FROM(image, p) IMG_NORM_PIXEL(image, p)
#define BLUR(p, d) \
    (AT((p) + vec2(d, 0.0)) + \
     AT((p) - vec2(d, 0.0)))

void main() {
    gl_FragColor = 0.25 * BLUR(isf_FragNormCoord, 0.01) + 0.5 * FROM(inputImage, isf_FragNormCoord);
}
