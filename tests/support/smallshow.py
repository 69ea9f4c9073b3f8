"""A small real show for window tests: real uniforms, real pictures, real engine; only the music is made up."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from artvis.model.artwork import Picture
from artvis.model.command import Command
from artvis.painters.builtin import builtin
from artvis.pipeline.overlay import OverlayState
from artvis.scene.uniforms import Uniforms, rgb_palette

ANSWERS = {command: f"answer to {command.value}" for command in Command}


def stripes(name: str) -> Picture:
    """A picture with hard edges, 1536 x 864."""
    rows = (np.arange(864)[:, None] // 48 % 2 * 200 + 30).astype(np.uint8)
    pixels = np.repeat(np.repeat(rows, 1536, axis=1)[..., None], 3, axis=2)
    pixels[..., 2] = np.linspace(0, 255, 1536).astype(np.uint8)
    pixels.flags.writeable = False
    return Picture(
        id=name, pixels=pixels, palette=("#101010", "#303030", "#804020", "#c08040"), title="stripes"
    )


@dataclass(frozen=True)
class SmallFrame:
    uniforms: Uniforms
    wanted: tuple[Picture, ...]
    overlay: OverlayState


class SmallShow:
    """Hangs `picture` (the built-in one when None) and counts what it is asked."""

    def __init__(self, picture: Picture | None = None, overlay: OverlayState | None = None) -> None:
        self.picture = picture or builtin()
        self.overlay = overlay or OverlayState(
            source_title="Demo track",
            silent=False,
            bpm=124.0,
            confidence=0.8,
            key="A minor",
            artwork_title=self.picture.title,
            artwork_id=self.picture.id,
            palette=self.picture.palette,
        )
        self.ticks = 0
        self.commands: list[Command] = []
        self.before_tick: Callable[[int], None] = lambda _: None

    def tick(self, now_s: float, dt_s: float, *, held: frozenset[str]) -> SmallFrame:
        self.ticks += 1
        self.before_tick(self.ticks)
        wave = 0.5 + 0.5 * math.sin(now_s * 5)
        bars = np.abs(np.sin(np.arange(64) / 9 + now_s)).astype(np.float32)
        uniforms = Uniforms(
            now_s=now_s,
            dt_s=dt_s,
            art_a=self.picture.key,
            spectrum=bars,
            palette=rgb_palette(self.picture.palette),
            bass=wave,
            energy=0.5,
            phases=(now_s % math.tau, 0.0, 0.0, 0.0),
        )
        wanted = (self.picture,) if self.picture.key and self.picture.key not in held else ()
        return SmallFrame(uniforms, wanted, replace(self.overlay, level=wave))

    def command(self, command: Command) -> str:
        self.commands.append(command)
        return ANSWERS[command]
