/*{
    "DESCRIPTION": "An image under another name, as shaders from elsewhere have it.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "inputImage", "TYPE": "image"}
    ]
}*/

#define iChannel0 inputImage
#define iResolution vec3(RENDERSIZE, 1.0)
#define iTime TIME

void mainImage(out vec4 colour, in vec2 at) {
    vec2 uv = at / iResolution.xy;
    colour = texture(iChannel0, uv + 0.02 * sin(iTime + uv.yx * 20.0));
}

void main() {
    mainImage(gl_FragColor, gl_FragCoord.xy);
}
