/*{
    "DESCRIPTION": "The first version: persistent buffers in a list.",
    "CATEGORIES": ["test"],
    "INPUTS": [{"NAME": "inputImage", "TYPE": "image"}],
    "PERSISTENT_BUFFERS": ["kept"],
    "PASSES": [{"TARGET": "kept"}, {}]
}*/

void main() {
    vec4 fresh = IMG_PIXEL(inputImage, gl_FragCoord.xy);
    vec4 stale = IMG_PIXEL(kept, gl_FragCoord.xy);
    gl_FragColor = mix(fresh, stale, vv_FragNormCoord.x);
}
