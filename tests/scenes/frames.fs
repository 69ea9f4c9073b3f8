/*{
    "DESCRIPTION": "Counts frames and the time between them.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

void main() {
    float x = isf_FragNormCoord.x;
    gl_FragColor = vec4(step(x, float(FRAMEINDEX + 1) / 8.0), step(x, TIMEDELTA * 10.0), x, 1.0);
}
