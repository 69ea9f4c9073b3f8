/*{
    "DESCRIPTION": "Places in pixels.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    gl_FragColor = IMG_PIXEL(inputImage, gl_FragCoord.xy + vec2(10.0 * sin(gl_FragCoord.y / 9.0), 0.0));
}
