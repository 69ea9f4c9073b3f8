/*{
    "DESCRIPTION": "A pass that reads what a later one drew in the frame before.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "earlier"},
        {"TARGET": "later", "PERSISTENT": true},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = 0.5 * IMG_THIS_PIXEL(later) + 0.5 * IMG_THIS_PIXEL(inputImage);
    else if (PASSINDEX == 1) gl_FragColor = IMG_NORM_PIXEL(earlier, 1.0 - isf_FragNormCoord);
    else gl_FragColor = IMG_THIS_PIXEL(later);
}
