// What the shaders of the stage itself may read of this video frame; the twin of artvis/render/frame.py.
layout(std140) uniform artvis_frame {
    vec4 phases;      // angles of the lamps
    vec4 sound;       // bass, mid, treble, energy
    vec4 change;      // presence, beat pulse, light (0 in a blackout), strength of the bars
    vec4 screen;      // width and height in pixels, width / height, strength of the glow
    vec4 shown_rect;  // where the screen lies in the texture of the picture: offset, size
    vec4 palette[6];  // dark to light
};
