/*{
    "DESCRIPTION": "A pass as wide as an input says.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "columns", "TYPE": "float", "MIN": 1.0, "MAX": 64.0, "DEFAULT": 8.0}
    ],
    "PASSES": [
        {"TARGET": "few", "WIDTH": "$columns", "HEIGHT": 1},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) gl_FragColor = vec4(mod(floor(gl_FragCoord.x), 2.0), isf_FragNormCoord.x, 0.0, 1.0);
    else gl_FragColor = IMG_THIS_PIXEL(few);
}
