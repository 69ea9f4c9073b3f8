/*{
    "DESCRIPTION": "Names that became words of the language later.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "filter", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.7}
    ]
}*/

float smooth(float x) { return x * x * (3.0 - 2.0 * x); }
struct Half { float output; vec2 common; };

void main() {
    float flat = smooth(isf_FragNormCoord.x), sample = filter, active = 0.25;
    vec4 input = vec4(flat, sample, active, 1.0);
    vec2 texture = isf_FragNormCoord;
    Half half;
    half.output = texture.y;
    half.common = texture;
    gl_FragColor = input * half.output + 0.1 * half.common.xyxy;
}
