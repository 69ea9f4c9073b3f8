"""A small real show for window tests: real uniforms, real pictures, real engine; only the music is made up."""

import math
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np

from artvis.audio.source import SourceInfo
from artvis.model.artwork import Picture
from artvis.model.command import Command
from artvis.painters.builtin import builtin
from artvis.pipeline.overlay import OverlayState
from artvis.pipeline.sourcechooser import ChooserPorts, SourceChooser
from artvis.scene.isf.document import StagedScene
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
    scenes: tuple[StagedScene, ...] = ()


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
        self.chooser: SourceChooser | None = None

    def tick(
        self,
        now_s: float,
        dt_s: float,
        *,
        held: frozenset[str],
        playable: frozenset[str] = frozenset(),
        cost_limit: float = math.inf,
    ) -> SmallFrame:
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
        overlay = replace(self.overlay, level=wave)
        if self.chooser is not None and (seen := self.chooser.seen()) is not None:
            overlay = replace(overlay, sources=seen, source_levels=self.chooser.levels(dt_s, wave))
        return SmallFrame(uniforms, wanted, overlay)

    def command(self, command: Command, *, at_s: float | None = None) -> str:
        self.commands.append(command)
        if command is Command.SOURCES and self.chooser is not None:
            self.chooser.toggle()
            return ""
        return ANSWERS[command]


class Swinging:
    """Meters of devices that are made up: each swings at its own pace."""

    def __init__(self) -> None:
        self._at_s = 0.0
        self._devices: tuple[str, ...] = ()

    def watch(self, devices: Collection[str]) -> None:
        self._devices = tuple(devices)

    def heed(self, timeout_s: float) -> None:
        threading.Event().wait(timeout_s)

    def levels(self, dt_s: float) -> dict[str, float]:
        self._at_s += dt_s
        return {name: 0.5 + 0.45 * math.sin(n + 3 * self._at_s) for n, name in enumerate(self._devices)}

    def close(self) -> None:
        self._devices = ()


def twenty_sources(chosen: list[str]) -> SourceChooser:
    """A list of twenty, some with long names, one on Bluetooth; `chosen` takes what is chosen."""
    long = "Scarlett 18i20 USB (3rd Generation) Digital Surround 7.1 (IEC958/AC3/DTS), Hauptausgang auf der Bühne"
    infos = [
        SourceInfo(
            f"system:{n}",
            "system",
            long if n in (1, 17) else f"Output {n}",
            default=n == 0,
            chosen=n == 0,
            reason="",
        )
        for n in range(17)
    ]
    infos += [
        SourceInfo("mic:desk", "mic", "Desk microphone", default=True, chosen=False, reason=""),
        SourceInfo("mic:b", "mic", "WH-1000XM4", default=False, chosen=False, reason="", bluetooth=True),
        SourceInfo("demo", "demo", "built-in demo track", default=False, chosen=False, reason=""),
    ]
    return SourceChooser(
        ChooserPorts(
            look=lambda: infos,
            meters=Swinging,
            current=lambda: "system:0",
            spec=lambda: "auto",
            choose=lambda row: chosen.append(row.spec),
            hears=lambda spec: spec in chosen,
        )
    )
