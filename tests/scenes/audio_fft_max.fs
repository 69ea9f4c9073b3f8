/*{
    "DESCRIPTION": "The spectrum in 16 columns.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "spectrum", "TYPE": "audioFFT", "MAX": 16}
    ]
}*/

void main() {
    float column = floor(isf_FragNormCoord.x * 16.0);
    float level = IMG_PIXEL(spectrum, vec2(column + 0.5, 0.5)).r;
    gl_FragColor = vec4(vec3(step(isf_FragNormCoord.y, level)), 1.0);
}
