// Camera, flow, trail, lights and vignette: all that is smooth is worked out on a mesh of 32 x 18, not per pixel.
in vec2 place;  // 0..1 from the lower left corner

out vec2 at_screen;
out vec2 at_a;
out vec2 at_trail;
out vec3 light;
out float shade;
#ifdef TWO
out vec2 at_b;
out float cloud;
#endif

// Two octaves of a slow flow, each component within -1..1.
vec2 flow(vec2 p) {
    return vec2(sin(6.1 * p.y + phases.x) + 0.6 * sin(4.3 * p.x + 3.1 * p.y + phases.y),
                sin(5.3 * p.x + phases.z) + 0.6 * sin(3.7 * p.y - 4.1 * p.x + phases.w)) / 1.6;
}

// A beat runs outward from below the middle, as through still water, and is spent before it reaches the rim.
vec2 wave(vec2 p) {
    vec2 away = p - vec2(0.0, -0.12);
    float far = length(away) + 1e-3;
    float behind = (far - 1.5 * tones.z) / 0.16;
    float height = tones.w * change.w * exp(-2.6 * tones.z - behind * behind);
    return away / far * (0.007 * height * smoothstep(0.0, 0.2, far));
}

vec3 lamp(vec2 p, vec2 where, float size, vec3 colour) {
    vec2 away = (p - where) / size;
    return colour * exp(-dot(away, away));
}

void main() {
    vec2 p = (place - 0.5) * vec2(screen.z, 1.0);
    vec2 sway = flow(p) * (0.004 + 0.006 * change.w + 0.003 * sound.x * sound.w) - wave(p);
    vec2 seen = vec2(place.x, 1.0 - place.y) + sway * vec2(1.0, -1.0);
    at_screen = place;
    at_a = crop_a.xy + seen * crop_a.zw;
    at_trail = 0.5 + (place - 0.5) * trail_how.z + flow(p * 1.7 + 2.0) * 0.0012 * change.w;

    vec2 drift = vec2(sin(phases.x), sin(phases.y)) * vec2(0.34 * screen.z, 0.3);
    vec2 other = vec2(sin(phases.z + 2.0), sin(phases.w + 1.0)) * vec2(0.38 * screen.z, 0.34);
    light = sound.w * (lamp(p, drift, 0.42, palette[4].rgb * (0.07 + 0.07 * sound.x))
                     + lamp(p, other, 0.5, palette[3].rgb * (0.06 + 0.08 * sound.y)));

    vec2 rim = place - 0.5;
    float vignette = 1.0 - 0.62 * dot(rim, rim);
    float scrim = 1.0 - 0.34 * sound.w * smoothstep(0.26, 0.0, place.y);
    shade = vignette * scrim * (1.0 + 0.02 * change.y) * change.z;
#ifdef TWO
    at_b = crop_b.xy + seen * crop_b.zw;
    cloud = 0.5 + 0.25 * (flow(p * 2.3 + phases.xz).x + flow(p * 1.3 - phases.yw).y);
#endif
    gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
}
