/*{
    "DESCRIPTION": "A vertex shader that does other things in each pass.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"},
        {"NAME": "angle", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.1}
    ],
    "PASSES": [
        {"TARGET": "once"},
        {}
    ]
}*/

varying vec2 turned;

void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_NORM_PIXEL(inputImage, turned);
    else gl_FragColor = IMG_NORM_PIXEL(once, turned);
}
