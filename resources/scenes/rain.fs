/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture through a window in the rain: drops gather, run down, and wipe the glass clear",
  "CREDIT": "artvis",
  "CATEGORIES": ["calm", "glass"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "$WIDTH / 8", "HEIGHT": "$HEIGHT / 8"},
    {"TARGET": "misty", "WIDTH": "$WIDTH / 8", "HEIGHT": "$HEIGHT / 8"},
    {"TARGET": "glass", "WIDTH": "$WIDTH / 2.8", "HEIGHT": "$HEIGHT / 2.8"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.5], "FINISH": true}
}*/
// Three lots for a cell, 0..1: whole numbers throughout, so that every driver draws the same.
vec3 lots(vec2 cell) {
    cell = mod(cell, 251.0);
    float a = mod((57.0 * cell.x + 41.0) * cell.x + 83.0 * cell.y + 5.0, 251.0);
    float b = mod((61.0 * a + 17.0) * a + 29.0 * cell.y + 97.0, 251.0);
    float c = mod((43.0 * b + 11.0) * b + 101.0 * a, 251.0);
    float d = mod((67.0 * c + 31.0) * c + 59.0 * b, 251.0);
    return vec3(b, c, d) / 251.0;
}

// A lens of radius 1 round 0: how far it bends the light, and how much of the glass it covers.
vec3 lens(vec2 d) {
    float cover = clamp((1.0 - dot(d, d)) * 2.7, 0.0, 1.0);
    return vec3(d * cover, cover);
}

// Drops that sit where they fell, dwindle, and are replaced.
vec3 sitting(vec2 p) {
    vec2 cell = floor(p);
    vec3 h = lots(cell);
    float age = fract(h.z * 7.0 + drift * (0.03 + 0.05 * h.x));
    float size = (0.1 + 0.17 * h.z * h.z) * smoothstep(0.0, 0.06, age) * (1.0 - 0.5 * age) * step(h.y, 0.45 + 0.4 * energy);
    vec2 d = p - cell - 0.32 - 0.36 * h.xy;
    return lens(d / max(size, 0.01));
}

// One drop a cell runs down its lane, in fits and starts, and leaves a trail of clear glass and little drops.
vec3 running(vec2 p, float seed) {
    float lane = floor(p.x);
    vec3 h = lots(vec2(lane, seed));
    float t = drift * (0.05 + 0.05 * h.y) + h.z * 9.0;
    p.y += t;
    vec2 cell = vec2(lane, floor(p.y));
    h = lots(cell + seed);
    float x = 0.3 + 0.4 * h.x + 0.06 * sin(11.0 * p.y + 6.0 * h.y) * sin(4.3 * p.y);
    vec2 d = vec2(p.x - lane - x, p.y - cell.y);
    float stop = fract(1.7 * t + h.z);
    float head = 0.12 + 0.1 * h.z + 0.08 * stop * stop * (3.0 - 2.0 * stop);
    vec3 drop = lens(vec2(d.x / 0.15, (d.y - head) / 0.048) * (1.15 - 0.3 * h.y));
    float above = (d.y - head) / (0.95 - head);
    float trail = smoothstep(0.0, 0.05, above) * smoothstep(1.0, 0.3, above) * smoothstep(0.13, 0.04, abs(d.x));
    vec3 b = fract(h.yzx + floor(p.y * 11.0) * vec3(0.755, 0.57, 0.618));
    vec3 beads = lens(vec2(d.x + 0.05 * (b.x - 0.5), (fract(p.y * 11.0) - 0.35 - 0.3 * b.y) * 0.3) / (0.03 + 0.04 * b.z))
               * step(0.02, above) * step(above, 0.9) * step(b.z, 0.6 - 0.3 * above);
    return (drop.z > 0.0 ? drop : vec3(beads.xy * beads.z, max(trail * 0.85, beads.z))) * step(h.y, 0.55 + 0.4 * energy);
}

void main() {
    vec2 step_x = vec2(1.0 / RENDERSIZE.x, 0.0), step_y = vec2(0.0, 1.0 / RENDERSIZE.y);
    if (PASSINDEX == 0) {
        vec2 d = step_x + step_y, e = step_x - step_y;
        gl_FragColor = (IMG_NORM_PIXEL(art, isf_FragNormCoord + d) + IMG_NORM_PIXEL(art, isf_FragNormCoord - d)
                      + IMG_NORM_PIXEL(art, isf_FragNormCoord + e) + IMG_NORM_PIXEL(art, isf_FragNormCoord - e)) * 0.25;
    } else if (PASSINDEX == 1) {
        vec2 d = 1.7 * (step_x + step_y), e = 1.7 * (step_x - step_y);
        vec3 c = IMG_NORM_PIXEL(small, isf_FragNormCoord + d).rgb + IMG_NORM_PIXEL(small, isf_FragNormCoord - d).rgb
               + IMG_NORM_PIXEL(small, isf_FragNormCoord + e).rgb + IMG_NORM_PIXEL(small, isf_FragNormCoord - e).rgb;
        // Breath on the glass: a little paler, a little greyer.
        gl_FragColor = vec4(mix(c * 0.25, vec3(dot(c, vec3(0.0833))), 0.12) * 0.94 + 0.035, 1.0);
    } else if (PASSINDEX == 2) {
        vec2 p = isf_FragNormCoord * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
        vec3 drops = running(p * vec2(8.0, 2.3), 3.0);
        vec3 more = sitting(p * 8.5 + 0.4);
        vec3 still = sitting(p * 17.0);
        drops = more.z > drops.z ? more : drops;
        drops = still.z > drops.z ? still : drops;
        gl_FragColor = vec4(0.5 + 0.5 * drops.xy, drops.z, 1.0);
    } else {
        vec3 drops = IMG_THIS_NORM_PIXEL(glass).rgb;
        vec2 bend = drops.xy - 128.0 / 255.0;
        float clear = drops.z;
        vec2 at = clamp(isf_FragNormCoord - presence * 0.085 * bend, -0.015, 1.015);
        vec3 sharp = IMG_NORM_PIXEL(art, at).rgb;
        vec3 fog = IMG_THIS_NORM_PIXEL(misty).rgb;
        vec3 seen = mix(fog, sharp, 0.34 + 0.66 * clear);
        // Each drop is darker above and catches the light below.
        float lit = clear * clamp(1.6 * bend.y - 0.8 * bend.x, -1.0, 1.0);
        seen *= 1.0 - 0.3 * max(lit, 0.0);
        seen += (palette5.rgb - seen * palette5.rgb) * (max(-lit, 0.0) * (0.3 + 0.25 * beatPulse));
        gl_FragColor = vec4(mix(sharp, seen, presence), 1.0);
    }
}
