// What every shader of the stage may read of this video frame; the twin of artvis/render/frame.py.
layout(std140) uniform Frame {
    vec4 crop_a;      // left, top, width, height of what is seen, in the picture
    vec4 crop_b;
    vec4 phases;      // angles of the flow
    vec4 sound;       // bass, mid, treble, energy
    vec4 change;      // fade, beat pulse, light (0 in a blackout), motion
    vec4 trail_how;   // what is kept of it, its share in itself, its zoom, its share in the picture
    vec4 tones;       // mean luma of a and of b, seconds since the last beat, its strength
    vec4 screen;      // width and height in pixels, width / height, strength of the bloom
    vec4 palette[6];  // dark to light
};
