/*{
    "DESCRIPTION": "The functions of the language itself.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    gl_FragColor = vec4(texture2D(inputImage, p).r, texture2D(inputImage, p, 0.0).g, texture2DLod(inputImage, p, 0.0).b, 1.0);
}
