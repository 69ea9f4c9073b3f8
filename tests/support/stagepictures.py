"""Two pictures that are easy to tell apart, and an engine with nothing left to prepare."""

from collections.abc import Callable

import numpy as np

from artvis.model.artwork import Pixels
from artvis.paths import resource
from artvis.render.engine import Engine
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene

SIZE = (320, 180)
Draw = Callable[..., Pixels]


def picture(name: str, width: int = 1536, height: int = 864) -> Pixels:
    """'a' is blue with warm blobs, 'b' is green with dark stripes; both have an upper left corner of pure red."""
    t, s = np.mgrid[0:height, 0:width]
    s, t = s / width, t / height
    out = np.zeros((height, width, 3), np.float32)
    if name == "a":
        blob = np.exp(-((s - 0.7) ** 2 + (t - 0.35) ** 2) / 0.02)
        out[..., 0], out[..., 1], out[..., 2] = 0.1 + 0.8 * blob, 0.1 + 0.5 * blob, 0.65 - 0.4 * t
    else:
        stripes = 0.5 + 0.5 * np.sin(40 * s)
        out[..., 0], out[..., 1], out[..., 2] = 0.15 * stripes, 0.25 + 0.5 * stripes, 0.2 * t
    out[(s < 0.2) & (t < 0.2)] = (1.0, 0.0, 0.0)
    return (out * 255).astype(np.uint8)


def warm(engine: Engine) -> Engine:
    while not engine.warm_up_step():
        pass
    return engine


def own_scene(name: str) -> StagedScene:
    """One of the scenes or transitions of the program itself, by its name."""
    fragment, vertex = resource("scenes", f"{name}.fs"), resource("scenes", f"{name}.vs")
    text = fragment.read_text(encoding="utf-8")
    beside = vertex.read_text(encoding="utf-8") if vertex.exists() else ""
    return StagedScene(key=name, document=read_scene(text, name=name, vertex=beside), built_in=True)
