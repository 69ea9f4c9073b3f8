/*{
    "DESCRIPTION": "Loops of every kind, each with an end.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

void main() {
    float sum = 0.0;
    int i = 0;
    while (true) { if (i > 8) break; sum += sin(isf_FragNormCoord.x * float(i)); i++; }
    do { sum += 0.01; i--; } while (i > 0);
    for (;;) { i++; if (i > 3) break; }
    for (float x = 0.0; x < 1.0; x += 0.25) sum += cos(isf_FragNormCoord.y * 9.0 * x);
    gl_FragColor = vec4(vec3(0.5 + sum * 0.06), 1.0);
}
