/*{
    "DESCRIPTION": "What hosts called the size of an image at first.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

void main() {
    vec2 p = gl_FragCoord.xy / _inputImage_imgSize;
    if (_inputImage_flip) p.y = 1.0 - p.y;
    gl_FragColor = IMG_NORM_PIXEL(inputImage, p * _inputImage_imgRect.zw);
}
