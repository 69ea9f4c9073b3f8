"""A picture of one scene, drawn without a show: some seconds of lively music over a picture.

It listens to nothing and paints nothing new.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from artvis.app import scenes
from artvis.app.pictures import check_suffix, write_picture
from artvis.errors import InputError, ProviderError
from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters import PAINTERS, builtin, paint
from artvis.palette.extract import of_picture
from artvis.palette.palette import for_music
from artvis.paths import Home
from artvis.pipeline import scenefiles
from artvis.providers import imagecheck
from artvis.render.engine import Engine
from artvis.render.headless import open_headless, read_pixels
from artvis.render.rehearsal import OTHER, on_stage, put_on
from artvis.scene.uniforms import rgb_palette

FPS: Final = 30
LONGEST_RUN_S: Final = 6.0
"""A scene that builds on its own frames has run for so long, however late the moment is."""
_PAINTED: Final = (1536, 864)
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class PreviewOrder:
    """`scene` as --scene; `picture`: a file, the name of a painter, or None for the built-in picture."""

    scene: str
    out: Path
    size: tuple[int, int] = (1280, 720)
    at_s: float = 4.0
    picture: str | None = None


def preview(order: PreviewOrder, home: Home) -> None:
    """Draws it and writes the file. Raises InputError, SceneError or GraphicsUnavailable."""
    check_suffix(order.out)
    picture = _picture(order.picture)
    file = scenes.require(order.scene, home)  # in a process that can be ended, before it is drawn in this one
    staged = scenefiles.read(file)
    context = open_headless()
    engine = Engine(context, built_in=picture)
    try:
        if staged.document.kind == "transition":
            engine.offer(OTHER, _painted("horizon" if order.picture == "flow" else "flow"))
            engine.upload_all()
        put_on(engine, staged)
        palette = rgb_palette(of_picture(picture))
        target = context.simple_framebuffer(order.size)
        for number in range(round(min(order.at_s, LONGEST_RUN_S) * FPS), -1, -1):
            moment = on_stage(staged, order.at_s - number / FPS, 1 / FPS)
            engine.draw(replace(moment, palette=palette), target, order.size)
        drawn = read_pixels(target)
    finally:
        engine.release()
        context.release()
    write_picture(drawn, order.out)


def _painted(painter: str) -> Pixels:
    mood = PaintMood(valence=0.6, arousal=0.6, bpm=120.0)
    return paint(painter, mood, for_music("A minor", 0.6, 0.6, _SEED), _SEED, _PAINTED)


def _picture(wanted: str | None) -> Pixels:
    if wanted is None:
        return builtin().pixels
    if wanted in PAINTERS:
        return _painted(wanted)
    path = Path(wanted)
    if not path.is_file():
        raise InputError(f"There is no picture {wanted}; painters are {', '.join(sorted(PAINTERS))}.")
    try:
        pixels = imagecheck.decode_stored(path.read_bytes())
    except (OSError, ProviderError) as error:
        raise InputError(f"{path} cannot be shown: {error}") from error
    return np.ascontiguousarray(pixels)
