/*{
    "DESCRIPTION": "A waveform of at most 64 columns, asked for its size.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "wave", "TYPE": "audio", "MAX": 64}
    ]
}*/

void main() {
    vec2 size = IMG_SIZE(wave);
    float v = IMG_PIXEL(wave, vec2(floor(isf_FragNormCoord.x * size.x) + 0.5, 0.5)).r;
    gl_FragColor = vec4(vec3(step(isf_FragNormCoord.y, v)), size.x / 64.0);
}
