/*{
    "DESCRIPTION": "The first version: persistent buffers by their names, with sizes.",
    "CATEGORIES": ["test"],
    "INPUTS": [{"NAME": "inputImage", "TYPE": "image"}],
    "PERSISTENT_BUFFERS": {
        "small": {"WIDTH": "$WIDTH/8.0", "HEIGHT": "$HEIGHT/8.0", "FLOAT": true},
        "unused": {}
    },
    "PASSES": [{"TARGET": "small"}, {}]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_NORM_PIXEL(inputImage);
    else gl_FragColor = IMG_THIS_NORM_PIXEL(small);
}
