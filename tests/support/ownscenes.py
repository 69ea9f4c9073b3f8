"""Scene files as a person writes them, well and otherwise, for tests to put into a folder."""

import json
from pathlib import Path

RIPPLE = """/*{"DESCRIPTION": "the picture ripples",
 "INPUTS": [{"NAME": "inputImage", "TYPE": "image"}, {"NAME": "bass", "TYPE": "float"}],
 "ARTVIS": {"ENERGY": [0.2, 0.8]}}*/
void main() {
    vec2 at = isf_FragNormCoord;
    gl_FragColor = IMG_NORM_PIXEL(inputImage, at + vec2(0.0, 0.01 * bass * sin(at.x * 20.0)));
}
"""
WIPE = """/*{"INPUTS": [{"NAME": "startImage", "TYPE": "image"}, {"NAME": "endImage", "TYPE": "image"},
 {"NAME": "progress", "TYPE": "float"}]}*/
void main() {
    float come = step(isf_FragNormCoord.x, progress);
    gl_FragColor = mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), come);
}
"""
BROKEN = RIPPLE.replace("sin(at.x", "sine(at.x")
"""Line 6 calls a function that there is not."""
HANGING = """/*{}*/
void main() {
    float sum = TIME;
    for (int i = 0; i < 60000; i++)
        for (int j = 0; j < 60000; j++) sum += sin(sum + float(j));
    gl_FragColor = vec4(sum);
}
"""
FLAT = "/*{}*/ void main() { gl_FragColor = vec4(0.0, 0.0, 1.0, 1.0); }"


def importing(path: str) -> str:
    """A scene that shows the picture at `path`."""
    header = json.dumps({"IMPORTED": {"lake": {"PATH": path}}})
    return f"/*{header}*/ void main() {{ gl_FragColor = IMG_THIS_PIXEL(lake); }}"


def written(folder: Path, **scenes: str) -> Path:
    """The folder, with a scene file for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in scenes.items():
        (folder / f"{name}.fs").write_text(text, encoding="utf-8")
    return folder
