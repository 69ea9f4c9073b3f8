/*{
    "DESCRIPTION": "The spectrum as a curve.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "spectrum", "TYPE": "audioFFT"}
    ]
}*/

void main() {
    float level = IMG_NORM_PIXEL(spectrum, vec2(isf_FragNormCoord.x, 0.5)).r;
    gl_FragColor = vec4(step(isf_FragNormCoord.y, level), level, 0.2, 1.0);
}
