/*{
    "DESCRIPTION": "A choice by its values, and one by its range.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "mode", "TYPE": "long", "VALUES": [0, 3, 7], "LABELS": ["a", "b", "c"], "DEFAULT": 3},
        {"NAME": "count", "TYPE": "long", "MIN": 4, "MAX": 9}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord;
    float shown = mode == 3 ? step(0.5, fract(p.x * 8.0)) : 0.0;
    gl_FragColor = vec4(vec3(shown * float(count) / 4.0), 1.0);
}
