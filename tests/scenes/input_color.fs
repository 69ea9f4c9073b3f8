/*{
    "DESCRIPTION": "Colours with four values, with three and with none.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "full", "TYPE": "color", "DEFAULT": [1.0, 0.5, 0.0, 1.0]},
        {"NAME": "short_one", "TYPE": "color", "DEFAULT": [0.0, 0.2, 0.9]},
        {"NAME": "open", "TYPE": "color"}
    ]
}*/

void main() {
    float x = isf_FragNormCoord.x;
    gl_FragColor = x < 0.33 ? full : x < 0.66 ? short_one : open * isf_FragNormCoord.y;
}
