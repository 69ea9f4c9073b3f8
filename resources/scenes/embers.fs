/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A fire burns below the picture: its heat bends the air, and embers in the picture's colours fly up with the bass",
  "CREDIT": "artvis",
  "CATEGORIES": ["particles", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "smoke", "PERSISTENT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.4, 1.0], "FINISH": true}
}*/
in vec2 place;
in vec2 from;
in float heat;
flat in vec3 ember;

// Three lots for a cell, 0..1: whole numbers throughout, so that every driver draws the same.
vec3 lots(vec2 cell) {
    cell = mod(cell, 251.0);
    float a = mod((57.0 * cell.x + 41.0) * cell.x + 83.0 * cell.y + 5.0, 251.0);
    float b = mod((61.0 * a + 17.0) * a + 29.0 * cell.y + 97.0, 251.0);
    float c = mod((43.0 * b + 11.0) * b + 101.0 * a, 251.0);
    float d = mod((67.0 * c + 31.0) * c + 59.0 * b, 251.0);
    return vec3(b, c, d) / 251.0;
}

// One ember a cell, on a grid that rises.
vec3 flying(vec2 p, float scale, float speed, float seed) {
    p.x += 0.025 * sin(5.0 * p.y + 1.3 * drift + seed) + 0.012 * sin(13.0 * p.y - 2.0 * drift);
    float height = p.y;
    p *= scale;
    p.y -= speed * drift;
    vec2 cell = floor(p);
    vec3 h = lots(cell + seed);
    vec2 d = p - cell - 0.2 - 0.6 * h.xy;
    d += 0.1 * vec2(sin(3.0 * drift + 6.3 * h.z), cos(2.3 * drift + 6.3 * h.x));
    float alive = step(h.z, 0.2 + 0.4 * energy) * smoothstep(0.62, -0.35, height + 0.5 * (h.x - 0.5));
    float glow = 0.6 + 0.4 * sin(5.0 * drift * (0.5 + h.y) + 6.3 * h.x);
    d.y *= 0.72;
    float size = 0.03 + 0.055 * h.y * h.y * h.y;
    float r = dot(d, d) / (size * size);
    vec3 hue = mix(ember, vec3(1.0, 0.9, 0.7), 0.5 * h.y * smoothstep(0.8, 0.1, r));
    return hue * (alive * glow * (1.1 * smoothstep(1.2, 0.2, r) + 0.4 * exp(-0.16 * r)));
}

void main() {
    if (PASSINDEX == 0) {
        vec3 embers = flying(place, 6.0, 1.1, 0.0) + flying(place, 10.0, 1.6, 31.0);
        vec3 trail = IMG_NORM_PIXEL(smoke, from).rgb * exp(-TIMEDELTA / 0.14) - 0.7 / 255.0;
        gl_FragColor = vec4(max(embers, trail), 1.0);
    } else {
        vec2 shimmer = vec2(sin(38.0 * place.y - 5.0 * drift + 3.0 * sin(9.0 * place.x)), sin(29.0 * place.x + 31.0 * place.y - 6.0 * drift));
        vec2 at = isf_FragNormCoord + presence * heat * 0.0042 * shimmer;
        vec3 picture = IMG_NORM_PIXEL(art, clamp(at, -0.015, 1.015)).rgb;
        vec3 fire = IMG_THIS_NORM_PIXEL(smoke).rgb;
        vec3 lit = picture * (0.66 + 0.5 * heat * ember) + ember * heat * heat * (0.3 + 0.22 * bass) * (1.0 - picture);
        lit += fire * (1.0 - 0.6 * lit);
        gl_FragColor = vec4(mix(picture, lit, presence), 1.0);
    }
}
