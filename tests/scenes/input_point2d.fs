/*{
    "DESCRIPTION": "Points: by default, and in the middle of their range.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "here", "TYPE": "point2D", "DEFAULT": [0.25, 0.75]},
        {"NAME": "there", "TYPE": "point2D", "MIN": [50, 0], "MAX": [100, 40]}
    ]
}*/

void main() {
    float near = min(distance(isf_FragNormCoord, here), distance(isf_FragNormCoord * 100.0, there) / 100.0);
    gl_FragColor = vec4(vec3(smoothstep(0.3, 0.0, near)), 1.0);
}
