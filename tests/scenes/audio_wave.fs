/*{
    "DESCRIPTION": "The waveform as a line, both channels.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "wave", "TYPE": "audio"}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    float left = IMG_NORM_PIXEL(wave, vec2(p.x, 0.25)).r;
    float right = IMG_NORM_PIXEL(wave, vec2(p.x, 0.75)).g;
    float line = smoothstep(0.03, 0.0, abs(p.y - left)) + smoothstep(0.03, 0.0, abs(p.y - right * 0.5));
    gl_FragColor = vec4(vec3(line), 1.0);
}
