/*{
    "DESCRIPTION": "Moves with the time.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

void main() {
    vec2 p = isf_FragNormCoord * 6.0;
    gl_FragColor = vec4(0.5 + 0.5 * sin(p.x + TIME), 0.5 + 0.5 * cos(p.y - TIME), 0.5, 1.0);
}
