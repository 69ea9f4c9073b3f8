varying vec4 tint;

void main() {
    vv_vertShaderInit();
    tint = vec4(vv_FragNormCoord, gl_Vertex.x * 0.5 + 0.5, 1.0) + 0.2 * gl_MultiTexCoord0;
    gl_Position = gl_ModelViewProjectionMatrix * ftransform();
}
