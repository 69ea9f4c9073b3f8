/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A lamp is carried round the picture and rakes over its paint, as conservators do to see each stroke",
  "CREDIT": "artvis",
  "CATEGORIES": ["calm", "light"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.3, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0.2, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette0", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [
    {"TARGET": "paint", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
    {}
  ],
  "ARTVIS": {"ENERGY": [0.0, 0.65], "FINISH": true}
}*/
in vec2 ahead;
in vec3 lamp;
in float dim;
flat in float thick;

float height(vec3 colour) {
    return dot(colour, vec3(0.3, 0.59, 0.11));
}

void main() {
    if (PASSINDEX == 0) {
        // How steeply the paint rises towards the lamp: of single strokes, and of whole forms.
        vec2 stroke = ahead / RENDERSIZE.y;
        float fine = height(IMG_NORM_PIXEL(art, isf_FragNormCoord - stroke).rgb) - height(IMG_NORM_PIXEL(art, isf_FragNormCoord + stroke).rgb);
        float broad = height(IMG_NORM_PIXEL(art, isf_FragNormCoord - 2.4 * stroke).rgb) - height(IMG_NORM_PIXEL(art, isf_FragNormCoord + 2.4 * stroke).rgb);
        gl_FragColor = vec4(0.5 + thick * (1.3 * fine + 0.7 * broad), 0.0, 0.0, 1.0);
    } else {
        vec3 picture = IMG_THIS_NORM_PIXEL(art).rgb;
        float slope = IMG_THIS_NORM_PIXEL(paint).r - 0.5;
        vec3 lit = picture * (dim + lamp * (0.42 + 1.5 * slope));
        lit += lamp * (0.5 * max(slope, 0.0) * max(slope, 0.0) + 0.03) * (1.0 - lit);
        gl_FragColor = vec4(mix(picture, lit, presence), 1.0);
    }
}
