/*{
    "DESCRIPTION": "A soft wipe from one picture to the other.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "startImage", "TYPE": "image"},
        {"NAME": "endImage", "TYPE": "image"},
        {"NAME": "progress", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0}
    ]
}*/

void main() {
    float edge = smoothstep(progress * 1.2 - 0.2, progress * 1.2, isf_FragNormCoord.x);
    gl_FragColor = mix(IMG_THIS_PIXEL(endImage), IMG_THIS_PIXEL(startImage), edge);
}
