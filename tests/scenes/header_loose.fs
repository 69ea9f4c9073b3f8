// A licence may stand before it.
/* So may this. */
/*
{
    "DESCRIPTION" : "Comments, commas too many, lower case and a	tab in a string",
    "inputs" : [
        // a slider
        { "NAME" : "level", "TYPE" : "Float", "DEFAULT" : "0.5", "MIN" : 0, "MAX" : 1, },
        { "NAME" : "level", "TYPE" : "float" },
    ],
    "PASSES" : [ { "target" : "kept", "persistent" : true, "url" : "http://example.org" }, { } ],
}
*/

void main() {
    gl_FragColor = PASSINDEX == 0 ? vec4(isf_FragNormCoord.xyx * level, 1.0) : IMG_THIS_PIXEL(kept);
}
