/*{
    "DESCRIPTION": "Places in pixels, the older way.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    gl_FragColor = texture2DRect(inputImage, gl_FragCoord.xy);
}
