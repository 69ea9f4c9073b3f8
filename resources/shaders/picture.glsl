// The artwork at this pixel: one picture, or two while one comes in through the other.
in vec2 at_a;
uniform sampler2D art_a;
#ifdef TWO
in vec2 at_b;
in float cloud;
uniform sampler2D art_b;

// The light parts of the new picture come first, in drifting clouds; a linear mix would be a grey fog half way.
vec3 come_through(vec3 a, vec3 b) {
    float early = clamp(0.5 * cloud + 0.25 + 0.9 * (dot(b, vec3(0.299, 0.587, 0.114)) - tones.y), 0.0, 1.0);
    float keyed = clamp((change.x * 1.4 - 1.0 + early) * 2.5, 0.0, 1.0);
    keyed = keyed * keyed * (3.0 - 2.0 * keyed);
    float share = mix(keyed, change.x, 0.2);
    return mix(a, b, share) + palette[4].rgb * (0.4 * keyed * (1.0 - keyed));
}
#endif

vec3 picture() {
    vec3 a = texture(art_a, at_a).rgb;
#ifdef TWO
    return come_through(a, texture(art_b, at_b).rgb);
#else
    return a;
#endif
}
