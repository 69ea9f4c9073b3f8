// A finished frame, averaged in linear light, every pixel once.
uniform sampler2D source;
out vec4 colour;

// Within 0.002 of sRGB's own curve (Chilliant 2012), without a power.
vec3 linear(vec3 c) {
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

void main() {
    ivec2 size = textureSize(source, 0);
    ivec2 cell = ivec2(gl_FragCoord.xy);
    ivec2 low = cell * size / GRID;
    ivec2 high = max((cell + 1) * size / GRID, low + 1);
    vec3 sum = vec3(0.0);
    for (int y = low.y; y < high.y; y++)
        for (int x = low.x; x < high.x; x++)
            sum += linear(texelFetch(source, ivec2(x, y), 0).rgb);
    ivec2 pixels = high - low;
    colour = vec4(sqrt(sum / float(pixels.x * pixels.y)), 1.0);  // eight bits are too few for linear light
}
