/*{
    "DESCRIPTION": "Eleven passes in a row.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "b0", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b1", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b2", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b3", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b4", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b5", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b6", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b7", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b8", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {"TARGET": "b9", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(inputImage);
    if (PASSINDEX == 1) gl_FragColor = IMG_NORM_PIXEL(b0, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 2) gl_FragColor = IMG_NORM_PIXEL(b1, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 3) gl_FragColor = IMG_NORM_PIXEL(b2, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 4) gl_FragColor = IMG_NORM_PIXEL(b3, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 5) gl_FragColor = IMG_NORM_PIXEL(b4, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 6) gl_FragColor = IMG_NORM_PIXEL(b5, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 7) gl_FragColor = IMG_NORM_PIXEL(b6, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 8) gl_FragColor = IMG_NORM_PIXEL(b7, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 9) gl_FragColor = IMG_NORM_PIXEL(b8, isf_FragNormCoord + vec2(0.01, 0.0));
    if (PASSINDEX == 10) gl_FragColor = IMG_THIS_PIXEL(b9);
}
