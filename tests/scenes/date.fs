/*{
    "DESCRIPTION": "The year and the second of the day.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

void main() {
    float x = isf_FragNormCoord.x;
    gl_FragColor = vec4(step(x, (DATE.x - 2000.0) / 100.0), step(x, DATE.w / 86400.0), x * DATE.y / 12.0, 1.0);
}
