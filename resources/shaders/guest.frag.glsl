// Added to the last pass of a scene without the finish: the picture lies under what it leaves transparent.
uniform sampler2D shown_picture;

vec4 finish(vec4 colour) {
    vec3 under = texture(shown_picture, shown_rect.xy + isf_FragNormCoord * shown_rect.zw).rgb;
    return vec4(mix(under, clamp(colour.rgb, 0.0, 1.0), clamp(colour.a, 0.0, 1.0) * change.x) * change.z, 1.0);
}
