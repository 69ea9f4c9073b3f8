/*{
    "DESCRIPTION": "A buffer of floats that holds far more than 1, one pixel of it.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [],
    "PASSES": [
        {"TARGET": "memory", "PERSISTENT": true, "FLOAT": true, "WIDTH": "1", "HEIGHT": "1"},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) {
        vec4 before = IMG_NORM_PIXEL(memory, vec2(0.5));
        gl_FragColor = FRAMEINDEX == 0 ? vec4(0.0, 1000.0, 0.0, 1.0) : before + vec4(0.125, 0.0, 0.0, 0.0);
    } else {
        vec4 known = IMG_PIXEL(memory, vec2(0.5));
        gl_FragColor = vec4(step(isf_FragNormCoord.x, known.r), known.g == 1000.0 ? isf_FragNormCoord.y : 0.0, 0.0, 1.0);
    }
}
