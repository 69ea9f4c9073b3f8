/*{
    "DESCRIPTION": "Inputs that the music moves.",
    "ISFVSN": "2",
    "CATEGORIES": ["test"],
    "INPUTS": [
        {"NAME": "beatPhase", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "bass", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "mid", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "treble", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "energy", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "beatPulse", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "motion", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.3},
        {"NAME": "drift", "TYPE": "float", "MIN": 0.0, "MAX": 100.0, "DEFAULT": 0.0}
    ]
}*/

void main() {
    vec2 p = isf_FragNormCoord - 0.5;
    float ring = sin(40.0 * length(p) - 6.2831853 * beatPhase + drift) * (0.3 + bass);
    gl_FragColor = vec4(ring + beatPulse, mid + energy * p.x, treble + motion * p.y, 1.0);
}
