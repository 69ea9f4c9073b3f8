/*{"INPUTS": [{"NAME": "x", "TYPE": "float", "DEFAULT": 1e999, "MIN": "low", "MAX": null}, {"NAME": "y", "TYPE": "color", "DEFAULT": [NaN, {}, "red"]}]}*/
void main() { gl_FragColor = y * x * isf_FragNormCoord.x; }
