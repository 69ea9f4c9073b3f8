/*{
    "DESCRIPTION": "The six colours of the picture.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "palette0", "TYPE": "color", "DEFAULT": [0.0, 0.2, 0.4, 1.0]},
        {"NAME": "palette1", "TYPE": "color", "DEFAULT": [0.2, 0.2, 0.4, 1.0]},
        {"NAME": "palette2", "TYPE": "color", "DEFAULT": [0.4, 0.2, 0.4, 1.0]},
        {"NAME": "palette3", "TYPE": "color", "DEFAULT": [0.6, 0.2, 0.4, 1.0]},
        {"NAME": "palette4", "TYPE": "color", "DEFAULT": [0.8, 0.2, 0.4, 1.0]},
        {"NAME": "palette5", "TYPE": "color", "DEFAULT": [1.0, 0.2, 0.4, 1.0]}
    ]
}*/

void main() {
    int index = int(isf_FragNormCoord.x * 6.0);
    vec4 colours[6];
    colours[0] = palette0; colours[1] = palette1; colours[2] = palette2;
    colours[3] = palette3; colours[4] = palette4; colours[5] = palette5;
    gl_FragColor = colours[index];
}
