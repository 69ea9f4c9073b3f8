/*{
    "DESCRIPTION": "A picture of its own, by its name.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [],
    "IMPORTED": {
        "stripes": {"PATH": "stripes.png"}
    }
}*/

void main() {
    gl_FragColor = IMG_NORM_PIXEL(stripes, fract(isf_FragNormCoord * 3.0)) * vec4(IMG_SIZE(stripes) / 16.0, 1.0, 1.0);
}
