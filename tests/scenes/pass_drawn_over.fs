/*{
    "DESCRIPTION": "A pass without a target, which the last one draws over.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {},
        {"TARGET": "half_way"},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0);
    else if (PASSINDEX == 1) gl_FragColor = IMG_THIS_PIXEL(inputImage);
    else gl_FragColor = IMG_THIS_PIXEL(half_way);
}
