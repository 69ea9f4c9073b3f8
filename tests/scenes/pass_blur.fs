/*{
    "DESCRIPTION": "Two halves of a blur, each at a quarter of the size.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "wide", "WIDTH": "floor($WIDTH / 4.0)", "HEIGHT": "floor($HEIGHT / 4.0)"},
        {"TARGET": "both", "WIDTH": "max($WIDTH / 4.0, 1.0)", "HEIGHT": "max($HEIGHT/4.0,1.0)"},
        {"DESCRIPTION": "what is seen"}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    vec2 d = PASSINDEX == 0 ? vec2(2.0 / RENDERSIZE.x, 0.0) : vec2(0.0, 2.0 / RENDERSIZE.y);
    if (PASSINDEX == 0) {
        gl_FragColor = (IMG_NORM_PIXEL(inputImage, p - d) + IMG_NORM_PIXEL(inputImage, p) + IMG_NORM_PIXEL(inputImage, p + d)) / 3.0;
    } else if (PASSINDEX == 1) {
        gl_FragColor = (IMG_NORM_PIXEL(wide, p - d) + IMG_NORM_PIXEL(wide, p) + IMG_NORM_PIXEL(wide, p + d)) / 3.0;
    } else {
        gl_FragColor = IMG_NORM_PIXEL(both, p);
    }
}
