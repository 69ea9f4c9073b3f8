/*{
    "DESCRIPTION": "Arrays, constants, matrices and numbers of every form.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

const float weights[3] = float[3](.25, 5e-1, 0.25f);
const mat3 turn = mat3(0.3, 0.6, 0.1, 0.3, 0.6, 0.1, 0.3, 0.6, 0.1);
vec2 screen = RENDERSIZE;

void main() {
    vec3 sum = vec3(0);
    for (int i = 0; i < 3; i++) sum += weights[i] * IMG_PIXEL(inputImage, gl_FragCoord.xy + vec2(float(i - 1) * 4., 0)).rgb;
    gl_FragColor = vec4(turn * sum, 1) * (gl_FragCoord.x < screen.x * .5 ? 1. : .7);
}
