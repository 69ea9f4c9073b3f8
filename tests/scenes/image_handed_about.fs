/*{
    "DESCRIPTION": "An image as the argument of a function.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

vec4 smear(sampler2D picture, vec2 p) {
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 6; i++) sum += texture2D(picture, p + vec2(float(i) * 0.01, 0.0));
    return sum / 6.0;
}

void main() {
    gl_FragColor = smear(inputImage, isf_FragNormCoord);
}
