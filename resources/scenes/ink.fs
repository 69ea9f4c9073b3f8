/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Each beat lets a drop of ink fall into the picture as into water; it unfolds in plumes and is gone",
  "CREDIT": "artvis",
  "CATEGORIES": ["flowing", "feedback"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "motion", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sinceBeat", "TYPE": "float", "DEFAULT": 2.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatStrength", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette0", "TYPE": "color"},
    {"NAME": "palette1", "TYPE": "color"},
    {"NAME": "palette2", "TYPE": "color"},
    {"NAME": "palette3", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "fall", "PERSISTENT": true, "FLOAT": true, "WIDTH": "1", "HEIGHT": "1"},
    {"TARGET": "water", "PERSISTENT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.15, 0.7], "FINISH": true}
}*/
in vec2 from;
in vec2 place;
flat in vec4 drop;
flat in vec3 ink;

void main() {
    if (PASSINDEX == 0) {
        // The number of the drop, and how long ago it fell: on a beat, or after a while without one.
        vec4 last = IMG_NORM_PIXEL(fall, vec2(0.5));
        bool falls = sinceBeat < 0.99 * TIMEDELTA && last.y > 0.2 || last.y > 3.4 || last.w < 0.5;
        gl_FragColor = falls ? vec4(mod(last.x + 1.0, 64.0), 0.0, sinceBeat < 1.0 ? beatStrength : 0.45, 1.0)
                             : vec4(last.x, last.y + TIMEDELTA, last.z, 1.0);
    } else if (PASSINDEX == 1) {
        // Plumes: the finest whirls are worked out here, the rest on the mesh.
        vec2 p = place + 0.12 * vec2(sin(5.0 * place.y + drift), sin(6.0 * place.x - 0.8 * drift));
        vec2 curl = vec2(sin(17.0 * p.y + 2.2 * sin(11.0 * p.x)), sin(16.0 * p.x - 2.2 * sin(12.0 * p.y)))
                  + 0.8 * vec2(sin(41.0 * p.y - 1.7 * p.x + 2.0 * sin(23.0 * p.x)), sin(37.0 * p.x + 2.3 * p.y - 2.0 * sin(21.0 * p.y)));
        vec4 here = IMG_NORM_PIXEL(water, from + curl * (0.001 * (0.5 + motion)) * min(TIMEDELTA * 60.0, 3.0));
        here.a -= here.a * (1.0 - exp(-TIMEDELTA / 2.6)) + 0.5 / 255.0;
        vec2 d = place - drop.xy + 0.02 * curl;
        float blob = drop.w * smoothstep(drop.z, 0.0, length(d));
        gl_FragColor = vec4(mix(here.rgb, ink, blob / (blob + here.a + 0.01)), max(here.a, blob));
    } else {
        vec4 plume = IMG_THIS_NORM_PIXEL(water);
        vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
        float thick = plume.a * presence;
        float light = dot(picture, vec3(0.3, 0.59, 0.11));
        // Ink darkens what is light; in the dark it is like milk.
        vec3 stained = picture * mix(vec3(1.0), plume.rgb * 0.9, 0.9);
        vec3 milky = picture + plume.rgb * 0.6 * (1.0 - picture);
        vec3 seen = mix(milky, stained, smoothstep(0.12, 0.5, light));
        gl_FragColor = vec4(mix(picture, seen, smoothstep(0.0, 0.55, thick) * 0.9), 1.0);
    }
}
