/*{
    "DESCRIPTION": "Two passes into the same buffer.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "same"},
        {"TARGET": "same"},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(inputImage);
    else if (PASSINDEX == 1) gl_FragColor = vec4(IMG_NORM_PIXEL(same, isf_FragNormCoord.yx).rgb, 1.0);
    else gl_FragColor = IMG_THIS_PIXEL(same);
}
