/*{"DESCRIPTION": "No end that can be seen from outside: only a trial that can be killed finds it."}*/
void main() {
    float x = TIME;
    while (x > -1.0) x += 0.001 * (1.0 + isf_FragNormCoord.x);
    gl_FragColor = vec4(x);
}
