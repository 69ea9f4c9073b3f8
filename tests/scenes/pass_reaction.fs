/*{
    "DESCRIPTION": "Two chemicals that react: a simulation in a buffer of floats.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [],
    "PASSES": [
        {"TARGET": "dish", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2"},
        {}
    ]
}*/

vec2 at(vec2 d) { return IMG_NORM_PIXEL(dish, fract(isf_FragNormCoord + d / RENDERSIZE)).rg; }

void main() {
    if (PASSINDEX == 0) {
        vec2 p = isf_FragNormCoord;
        if (FRAMEINDEX == 0) {
            gl_FragColor = vec4(1.0, step(0.7, sin(p.x * 40.0) * sin(p.y * 40.0)), 0.0, 1.0);
        } else {
            vec2 c = at(vec2(0.0));
            vec2 spread = 0.25 * (at(vec2(1.0, 0.0)) + at(vec2(-1.0, 0.0)) + at(vec2(0.0, 1.0)) + at(vec2(0.0, -1.0))) - c;
            float reaction = c.r * c.g * c.g;
            gl_FragColor = vec4(c + vec2(0.8, 0.4) * spread + vec2(0.04 * (1.0 - c.r) - reaction, reaction - 0.1 * c.g), 0.0, 1.0);
        }
    } else {
        gl_FragColor = vec4(IMG_THIS_PIXEL(dish).rg, 0.4, 1.0);
    }
}
