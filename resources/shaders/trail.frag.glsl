// The trail: light parts linger, drift outwards and fade. Drawn at half size, from the trail before.
in vec2 at_trail;
uniform sampler2D before;
out vec4 colour;

void main() {
    vec3 now = picture();
    // Less one step of 8 bits: a product alone would round back to itself and leave a ghost for ever.
    vec3 lingering = texture(before, at_trail).rgb * trail_how.x - 1.0 / 255.0;
    colour = vec4(mix(now, max(now, lingering), trail_how.y), 1.0);
}
