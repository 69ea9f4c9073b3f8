/*{
    "DESCRIPTION": "An event is never on by itself.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "flash", "TYPE": "event"}
    ]
}*/

void main() {
    gl_FragColor = flash ? vec4(1.0) : vec4(isf_FragNormCoord, 0.0, 1.0);
}
