/*{
    "DESCRIPTION": "Lines that stand in the way of a newer version.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": []
}*/

#version 120
#extension GL_OES_standard_derivatives : enable
#ifdef GL_ES
precision mediump float;
#endif
#pragma optimize(on)

highp float wave(lowp float x) { return sin(x); }

void main() {
    if (isf_FragNormCoord.x > 0.9) discard;
    vec2 p = gl_TexCoord[0].xy;
    gl_FragData[0] = vec4(wave(p.x * 9.0), fwidth(p.x) * 9.0, p.y, 1.0);
}
