/*{
    "DESCRIPTION": "A picture of its own, in a list.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [],
    "IMPORTED": [
        {"NAME": "stripes", "TYPE": "image", "PATH": "./stripes.png"}
    ]
}*/

void main() {
    gl_FragColor = IMG_PIXEL(stripes, mod(gl_FragCoord.xy, 16.0));
}
