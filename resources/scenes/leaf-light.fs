/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Sunlight falls through leaves onto the picture; the wind that moves them is the music",
  "CREDIT": "artvis",
  "CATEGORIES": ["calm", "light"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette0", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "shade", "WIDTH": "$WIDTH / 4", "HEIGHT": "$HEIGHT / 4"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.4], "FINISH": true}
}*/
in vec2 near;
in vec2 middle;
in vec2 far;
in vec2 bough;

// Three lots for a cell, 0..1: whole numbers throughout, so that every driver draws the same.
vec3 lots(vec2 cell) {
    cell = mod(cell, 251.0);
    float a = mod((57.0 * cell.x + 41.0) * cell.x + 83.0 * cell.y + 5.0, 251.0);
    float b = mod((61.0 * a + 17.0) * a + 29.0 * cell.y + 97.0, 251.0);
    float c = mod((43.0 * b + 11.0) * b + 101.0 * a, 251.0);
    float d = mod((67.0 * c + 31.0) * c + 59.0 * b, 251.0);
    return vec3(b, c, d) / 251.0;
}

// The shadow of one leaf a cell, some hanging this way, some that: the higher the bough, the softer.
float leaf(vec2 p, float soft) {
    vec2 cell = floor(p);
    vec3 h = lots(cell);
    float turn = 0.9 + 1.6 * (h.z - 0.5);
    vec2 d = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * (p - cell - 0.5 - 0.3 * (h.xy - 0.5));
    float length_of_it = 0.24 + 0.2 * h.x;
    float along = d.x / length_of_it;
    float half_width = 0.42 * length_of_it * max(1.0 - along * along, 0.0) * (1.0 - 0.35 * along);
    return smoothstep(soft, -soft, abs(d.y) - half_width) * smoothstep(1.3, 1.0, abs(along)) * step(0.3, h.y);
}

// Every small gap throws a round image of the sun.
float sun(vec2 p, float soft) {
    vec2 cell = floor(p);
    vec3 h = lots(cell + 9.0);
    float size = 0.08 + 0.3 * h.z * h.z;
    return smoothstep(size + soft, size - soft, length(p - cell - 0.5 - 0.26 * (h.xy - 0.5)));
}

void main() {
    if (PASSINDEX == 0) {
        vec2 wide = sin(bough) + 0.6 * sin(1.7 * bough.yx + 1.0);
        float open = smoothstep(-0.9, 1.2, wide.x + wide.y);
        float leaves = (1.0 - 0.85 * leaf(near, 0.03)) * (1.0 - 0.7 * leaf(middle, 0.06)) * (1.0 - 0.6 * leaf(far, 0.12));
        float suns = 0.3 * sun(near.yx, 0.08) + 0.35 * sun(middle, 0.13);
        gl_FragColor = vec4(mix(suns, leaves, open));
    } else {
        vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
        float light = IMG_THIS_NORM_PIXEL(shade).r;
        vec3 shaded = picture * (vec3(0.76, 0.79, 0.83) + 0.1 * palette0.rgb);
        vec3 warm = mix(vec3(1.0, 0.92, 0.76), palette5.rgb, 0.4);
        vec3 lit = picture * 1.06 + warm * (0.05 + 0.17 * picture) * (1.0 - picture);
        gl_FragColor = vec4(mix(picture, mix(shaded, lit, light), presence), 1.0);
    }
}
