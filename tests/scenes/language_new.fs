/*{
    "DESCRIPTION": "An output of its own, as later versions of the language have it.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

layout(location = 0) out vec4 drawn;

void main() {
    drawn = texture(inputImage, isf_FragNormCoord);
    drawn.r = fract(gl_FragCoord.x / RENDERSIZE.x);
}
