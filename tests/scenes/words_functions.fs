/*{
    "DESCRIPTION": "Inputs with the names of functions that the file calls as well.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "length", "TYPE": "float", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 1.5},
        {"NAME": "mix", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "distance", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.2},
        {"NAME": "step", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5}
    ]
}*/

void main() {
    float d = length(isf_FragNormCoord - 0.5) * length;
    vec3 c = mix(vec3(d), vec3(1.0, 0.5, 0.0), mix);
    gl_FragColor = vec4(c * step(0.1, d) + distance * distance(c, vec3(step)), 1.0);
}
