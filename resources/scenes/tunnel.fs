/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A flight down a tunnel whose walls are the picture: with each beat it opens anew in the middle and streams past",
  "CREDIT": "artvis",
  "CATEGORIES": ["feedback", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "motion", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sinceBeat", "TYPE": "float", "DEFAULT": 2.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "flight", "PERSISTENT": true, "FLOAT": true, "WIDTH": "1", "HEIGHT": "1"},
    {"TARGET": "walls", "PERSISTENT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.55, 1.0], "FINISH": true}
}*/
in vec2 place;
in vec2 from;
in vec2 at;
flat in vec4 step_on;  // how far this frame flies and turns
flat in vec3 mouth;    // its radius, its softness, how bright its rim is
flat in vec3 tint;

void main() {
    if (PASSINDEX == 0) {
        // How far the newest opening has come, how it is turned, its age and its number.
        vec4 last = IMG_NORM_PIXEL(flight, vec2(0.5));
        bool opens = sinceBeat < 0.99 * TIMEDELTA && last.x > 0.24 || last.x > 0.75;
        gl_FragColor = opens ? vec4(0.0, 0.0, 0.0, mod(last.w + 1.0, 64.0)) : last + vec4(step_on.xy, TIMEDELTA, 0.0);
    } else {
        float far = length(place);
        float inside = 1.0 - smoothstep(mouth.x - mouth.y, mouth.x, far);
        vec3 picture = PASSINDEX == 1 ? IMG_NORM_PIXEL(art, at).rgb : IMG_THIS_NORM_PIXEL(art).rgb;
        if (PASSINDEX == 1) {
            // The walls lose themselves in the palette the further they are.
            vec3 wall = IMG_NORM_PIXEL(walls, from).rgb;
            float light = dot(wall, vec3(0.3, 0.59, 0.11));
            wall = mix(wall, tint * light, 0.3 * min(TIMEDELTA, 0.1)) * exp(-0.14 * min(TIMEDELTA, 0.1));
            float rim = exp(-abs(far - mouth.x) * 80.0) * mouth.z;
            wall = mix(wall, picture, inside);
            gl_FragColor = vec4(wall + rim * mix(palette4.rgb, palette5.rgb, 0.5) * (1.0 - wall), 1.0);
        } else {
            vec3 wall = IMG_THIS_NORM_PIXEL(walls).rgb;
            float share = (0.55 + 0.45 * energy) * smoothstep(0.0, 0.3, far + 0.25 * energy);
            gl_FragColor = vec4(mix(picture, wall, presence * share), 1.0);
        }
    }
}
