/*{
    "DESCRIPTION": "Only one pass, which reads what it drew before.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ],
    "PASSES": [
        {"TARGET": "kept", "PERSISTENT": true}
    ]
}*/

void main() {
    vec4 before = IMG_NORM_PIXEL(kept, isf_FragNormCoord * 0.99 + 0.005);
    gl_FragColor = max(before * 0.95, IMG_THIS_PIXEL(inputImage));
}
