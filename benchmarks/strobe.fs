/*{
    "ISFVSN": "2",
    "DESCRIPTION": "What no show may do: black and white ten times a second",
    "INPUTS": [{"NAME": "bass", "TYPE": "float", "MIN": 0.9, "MAX": 1.0, "DEFAULT": 1.0}]
}*/
void main() {
    gl_FragColor = vec4(vec3(bass * step(fract(TIME * 10.0 + 0.25), 0.5)), 1.0);
}
