/*{
    "DESCRIPTION": "The size of an image and of a buffer.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "quarter", "WIDTH": "$WIDTH / 4.0", "HEIGHT": "$HEIGHT / 4.0"},
        {}
    ]
}*/

void main() {
    vec2 whole = IMG_SIZE(inputImage);
    vec2 part = IMG_SIZE(quarter);
    vec2 cell = floor(gl_FragCoord.xy / whole * part) / part;
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(inputImage);
    else gl_FragColor = IMG_NORM_PIXEL(quarter, cell + 0.5 / part);
}
