/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture is cut into rings that turn against each other with the beats and close again on the first beat of the bar",
  "CREDIT": "artvis",
  "CATEGORIES": ["pattern", "wild"],
  "INPUTS": [
    {"NAME": "art", "TYPE": "image"},
    {"NAME": "drift", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "presence", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "barPhase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatPulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "palette4", "TYPE": "color"},
    {"NAME": "palette5", "TYPE": "color"}
  ],
  "PASSES": [{}],
  "ARTVIS": {"ENERGY": [0.5, 1.0], "FINISH": true, "BARS": false}
}*/
in vec2 place;
flat in float open;

const float RINGS = 6.0;
const float RIM = 0.485;

void main() {
    float far = length(place);
    float ring = floor(far / RIM * RINGS);
    vec2 at = isf_FragNormCoord;
    vec3 light = vec3(0.0);
    float shade = 1.0;
    if (ring < RINGS) {
        float way = mod(ring, 2.0) < 0.5 ? 1.0 : -1.0;
        float turn = presence * way * (open * (0.1 + 0.07 * ring) + 0.05 * sin(0.35 * drift + 1.7 * ring));
        vec2 p = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * place;
        at = 0.5 + p * min(RENDERSIZE.x, RENDERSIZE.y) / RENDERSIZE;
        // Each ring lies a little deeper than the one outside it.
        float inside = fract(far / RIM * RINGS);
        shade = 1.0 - presence * (0.26 * smoothstep(0.55, 1.0, inside) - 0.07 * smoothstep(0.3, 0.0, inside));
        float edge = exp(-inside * 22.0);
        light = mix(palette4.rgb, palette5.rgb, ring / RINGS) * edge * presence * (0.12 + 0.14 * energy + 0.3 * beatPulse);
    } else {
        shade = 1.0 - presence * 0.1 * exp(-(far - RIM) * 20.0);
        light = palette5.rgb * exp(-(far - RIM) * 130.0) * presence * (0.2 + 0.3 * beatPulse);
    }
    vec3 picture = IMG_NORM_PIXEL(art, at).rgb * shade;
    gl_FragColor = vec4(picture + light * (1.0 - picture), 1.0);
}
