// Added to a scene's last pass: light, grading, vignette, dither.
in vec3 finish_light;
in float finish_shade;

vec4 finish(vec4 colour) {
    vec3 c = clamp(colour.rgb, 0.0, 1.0);
    c += finish_light * (1.0 - c);
    float grey = dot(c, vec3(0.299, 0.587, 0.114));
    c = mix(vec3(grey), c, 1.0 + 0.14 * sound.w);
    // Interleaved gradient noise (Jimenez 2014): a third of the price of a hash by sine.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return vec4(c * finish_shade + (noise - 0.5) * (change.z / 255.0), 1.0);
}
