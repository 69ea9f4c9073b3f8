/*{
    "DESCRIPTION": "One picture pushes the other.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "startImage", "TYPE": "image"},
        {"NAME": "endImage", "TYPE": "image"},
        {"NAME": "progress", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.0},
        {"NAME": "strength", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.5}
    ]
}*/

vec4 getFromColor(vec2 uv) { return IMG_NORM_PIXEL(startImage, uv); }
vec4 getToColor(vec2 uv) { return IMG_NORM_PIXEL(endImage, uv); }

void main() {
    vec2 uv = isf_FragNormCoord;
    float push = strength * getToColor(uv).r;
    gl_FragColor = mix(getFromColor(uv + vec2(progress * push, 0.0)), getToColor(uv - vec2((1.0 - progress) * push, 0.0)), progress);
}
