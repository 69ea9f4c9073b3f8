/*{
    "DESCRIPTION": "Booleans as true, as 1 and without a default.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "flipped", "TYPE": "bool", "DEFAULT": true},
        {"NAME": "counted", "TYPE": "bool", "DEFAULT": 1.0},
        {"NAME": "missing", "TYPE": "bool"}
    ]
}*/

void main() {
    float x = isf_FragNormCoord.x;
    if (flipped) x = 1.0 - x;
    gl_FragColor = vec4(x, counted ? x : 0.0, missing ? 1.0 : 0.0, 1.0);
}
