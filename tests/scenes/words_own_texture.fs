/*{
    "DESCRIPTION": "A function of its own that is called texture.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

vec4 texture(vec2 p) { return texture2D(inputImage, p); }
float round(float x) { return floor(x + 0.5); }
float rand(float x) { return fract(sin(x * 24.98) * 43758.5453); }
float rand(vec2 p) { return rand(dot(p, vec2(12.9898, 78.233))); }

void main() {
    vec2 p = isf_FragNormCoord;
    gl_FragColor = texture(vec2(round(p.x * 40.0) / 40.0, p.y)) * (0.8 + 0.2 * rand(p));
}
