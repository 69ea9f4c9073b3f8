/*{
    "DESCRIPTION": "A float by its default, one that has none, one beyond MIN and MAX.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "bars", "TYPE": "float", "MIN": 1.0, "MAX": 20.0, "DEFAULT": 7.0},
        {"NAME": "level", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.8},
        {"NAME": "middle", "TYPE": "float"},
        {"NAME": "beyond", "TYPE": "float", "MIN": 5.0, "MAX": 1.0, "DEFAULT": 0.3}
    ]
}*/

void main() {
    float stripes = 0.5 + 0.5 * sin(isf_FragNormCoord.x * bars * 6.2831853);
    gl_FragColor = vec4(stripes * level, isf_FragNormCoord.y * middle, beyond, 1.0);
}
