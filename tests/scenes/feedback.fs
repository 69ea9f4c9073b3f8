/*{
    "DESCRIPTION": "Two passes, the first of which remembers what it drew.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"},
        {"NAME": "keep", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.9}
    ],
    "PASSES": [
        {"TARGET": "trail", "PERSISTENT": true, "WIDTH": "$WIDTH / 2.0", "HEIGHT": "$HEIGHT / 2.0"},
        {}
    ]
}*/

void main() {
    if (PASSINDEX == 0) {
        vec4 fresh = IMG_THIS_PIXEL(inputImage);
        vec4 before = IMG_NORM_PIXEL(trail, 0.5 + (isf_FragNormCoord - 0.5) * 0.98);
        gl_FragColor = mix(fresh, before, keep);
    } else {
        gl_FragColor = vec4(IMG_THIS_NORM_PIXEL(trail).rgb, 1.0);
    }
}
