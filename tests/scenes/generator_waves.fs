/*{
    "DESCRIPTION": "Draws from nothing, with an alpha of its own.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

void main() {
    vec2 p = (gl_FragCoord.xy - 0.5 * RENDERSIZE) / RENDERSIZE.y;
    float v = 0.5 + 0.5 * sin(30.0 * length(p) - 3.0 * TIME);
    gl_FragColor = vec4(v, v * v, 0.4, v);
}
