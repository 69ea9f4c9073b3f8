/*{"ISFVSN": "2", "DESCRIPTION": "The light parts of the new picture come first",
   "INPUTS": [{"NAME": "startImage", "TYPE": "image"}, {"NAME": "endImage", "TYPE": "image"},
              {"NAME": "progress", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0}]}*/
void main() {
    vec3 a = IMG_THIS_NORM_PIXEL(startImage).rgb;
    vec3 b = IMG_THIS_NORM_PIXEL(endImage).rgb;
    float early = dot(b, vec3(0.299, 0.587, 0.114));
    float keyed = clamp((progress * 1.8 - 0.8 + 0.8 * early) * 2.0, 0.0, 1.0);
    // Less of a linear mix, which is a grey fog half way; but of its beginning and its end.
    float share = mix(mix(keyed, progress, 0.3), progress, smoothstep(0.8, 1.0, abs(2.0 * progress - 1.0)));
    gl_FragColor = vec4(mix(a, b, share), 1.0);
}
