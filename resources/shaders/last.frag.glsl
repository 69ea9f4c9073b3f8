// The last pass: artwork, trail, lights and bloom, vignette, dither.
in vec2 at_screen;
in vec3 light;
in float shade;
uniform sampler2D trail;
uniform sampler2D bloom;
out vec4 colour;

void main() {
    vec3 c = picture();
    vec3 lingering = texture(trail, at_screen).rgb;
    float lit = smoothstep(0.3, 0.9, max(lingering.r, max(lingering.g, lingering.b)));
    c += max(lingering - c, 0.0) * (trail_how.w * lit);
    vec3 glow = light + texture(bloom, at_screen).rgb * screen.w;
    c += glow * max(1.0 - c, 0.0);
    float grey = dot(c, vec3(0.299, 0.587, 0.114));
    c = mix(vec3(grey), c, 1.0 + 0.14 * sound.w);
    // Interleaved gradient noise (Jimenez 2014): a third of the price of a hash by sine.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    colour = vec4(c * shade + (noise - 0.5) * (change.z / 255.0), 1.0);
}
