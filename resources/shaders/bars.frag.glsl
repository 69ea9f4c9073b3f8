// A thin bar with a round head, a soft halo, and its reflection below; brightest at the head.
in vec2 at;
flat in vec2 bar;
flat in vec4 tint;
out vec4 colour;

void main() {
    float below = step(at.y, 0.0);
    float y = mix(at.y, -at.y / 0.35, below);
    float away = length(vec2(at.x, y - clamp(y, 0.0, bar.y))) - bar.x;
    float core = clamp(0.5 - away, 0.0, 1.0);
    float halo = 0.16 * exp(-max(away, 0.0) / (2.0 * bar.x));
    float rise = bar.y > 0.5 ? clamp(y / bar.y, 0.0, 1.0) : 1.0;
    float strength = (core + halo) * mix(0.3 + 0.65 * rise, 0.16 * (1.0 - rise), below) * tint.a;
    colour = vec4(tint.rgb * strength, 0.55 * strength);
}
