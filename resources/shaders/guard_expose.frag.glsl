// A part of this frame over what was shown before, in linear light; the twin of `mixed` in artvis/scene/flashguard.py.
in vec2 at_screen;
uniform sampler2D source;
uniform sampler2D before;
uniform float share;
out vec4 colour;

void main() {
    vec3 c = texture(source, at_screen).rgb;
    vec3 light = mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
    colour = vec4(share < 1.0 ? mix(texture(before, at_screen).rgb, light, share) : light, 1.0);
}
