/*{
    "DESCRIPTION": "One pass, one input.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"},
        {"NAME": "bass", "TYPE": "float", "MIN": 0.0, "MAX": 0.1, "DEFAULT": 0.0}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    p += bass * sin(12.0 * p.yx + TIME);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, p);
}
