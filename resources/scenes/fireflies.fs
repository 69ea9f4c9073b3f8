/*{
  "ISFVSN": "2",
  "DESCRIPTION": "At nightfall small lights wander over the picture, and each lights up what it passes",
  "CREDIT": "artvis",
  "CATEGORIES": ["calm", "light"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "barPhase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "lights", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
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

// One light a cell, which it never leaves: rgb its shine, a the spot itself.
vec4 swarm(vec2 p, float seed) {
    vec2 cell = floor(p);
    vec3 h = lots(cell + seed);
    vec2 roam = vec2(sin((0.5 + 0.5 * h.x) * drift + 6.3 * h.y) + 0.4 * sin((1.1 + h.y) * drift + 9.0 * h.z),
                     cos((0.4 + 0.5 * h.z) * drift + 6.3 * h.x) + 0.4 * sin((1.3 + h.x) * drift + 9.0 * h.y));
    vec2 d = p - cell - 0.5 - 0.12 * roam;
    float r = dot(d, d);
    // It is lit for a while and dark for a while; with a beat, in time with the bar.
    float glow = 0.5 + 0.5 * sin(6.2832 * (barPhase + h.z) + 0.45 * drift * (0.7 + h.x));
    glow = glow * glow * step(h.y, 0.62 + 0.3 * energy) * (0.75 + 0.4 * mid);
    vec3 hue = mix(palette5.rgb, mix(palette3.rgb, palette4.rgb, h.x), 0.6 * h.z);
    float rim = smoothstep(0.33, 0.12, sqrt(r));
    return vec4(hue * exp(-26.0 * r) * rim, smoothstep(0.0022, 0.0004, r) + 0.5 * exp(-420.0 * r)) * glow;
}

void main() {
    if (PASSINDEX == 0) {
        vec2 p = isf_FragNormCoord * RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y) + vec2(0.01, 0.006) * drift;
        vec4 one = swarm(p * 3.3, 0.0), other = swarm(p * 5.7 + vec2(0.4, 0.015 * drift), 17.0);
        gl_FragColor = vec4(one.rgb + 0.8 * other.rgb, one.a + 0.9 * other.a);
    } else {
        vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
        vec4 shine = IMG_THIS_NORM_PIXEL(lights);
        float light = max(shine.r, max(shine.g, shine.b));
        vec3 night = picture * vec3(0.6, 0.65, 0.75);
        night += (0.8 * picture + 0.15) * shine.rgb * (1.0 - night);
        night = mix(night, mix(vec3(1.0), shine.rgb / max(light, 0.02), 0.45), min(shine.a, 1.0));
        gl_FragColor = vec4(mix(picture, night, presence), 1.0);
    }
}
