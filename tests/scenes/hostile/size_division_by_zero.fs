/*{"PASSES": [{"TARGET": "none", "WIDTH": "$WIDTH / ($HEIGHT - $HEIGHT)", "HEIGHT": "sqrt(0 - 1)"}, {}]}*/
void main() { gl_FragColor = PASSINDEX == 0 ? vec4(isf_FragNormCoord, 0.0, 1.0) : IMG_THIS_PIXEL(none); }
