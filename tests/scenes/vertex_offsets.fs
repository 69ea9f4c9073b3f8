/*{
    "DESCRIPTION": "Neighbours worked out once a vertex.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"},
        {"NAME": "reach", "TYPE": "float", "MIN": 0.0, "MAX": 10.0, "DEFAULT": 3.0}
    ]
}*/

#if __VERSION__ <= 120
varying vec2 offsets[4];
#else
in vec2 offsets[4];
#endif

void main() {
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 4; ++i) sum += abs(IMG_NORM_PIXEL(inputImage, offsets[i]) - IMG_THIS_PIXEL(inputImage));
    gl_FragColor = vec4(sum.rgb * 2.0, 1.0);
}
