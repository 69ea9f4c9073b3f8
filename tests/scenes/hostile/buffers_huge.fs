/*{"PASSES": [{"TARGET": "wide", "WIDTH": "1e30", "HEIGHT": "2"}, {"TARGET": "thin", "WIDTH": "-5", "HEIGHT": "1e-300"}, {}]}*/
void main() { gl_FragColor = PASSINDEX < 2 ? vec4(isf_FragNormCoord, 0.0, 1.0) : 0.5 * IMG_THIS_PIXEL(wide) + 0.5 * IMG_THIS_PIXEL(thin); }
