/*{
    "DESCRIPTION": "The last pass has a target that nothing reads.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "first"},
        {"TARGET": "second"}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(inputImage);
    else gl_FragColor = 1.0 - IMG_THIS_PIXEL(first);
    gl_FragColor.a = 1.0;
}
