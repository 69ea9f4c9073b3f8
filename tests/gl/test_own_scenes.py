"""The program's own scenes, as each must be: plain without presence, true to the picture with it, and no flash."""

from collections.abc import Iterator
from dataclasses import replace

import moderngl
import numpy as np
import pytest
from scenefiles import SmallStage
from stagepictures import own_scene

from artvis.model.artwork import Pixels
from artvis.paths import resource
from artvis.render.isfscene import IsfScene
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene
from artvis.scene.uniforms import Uniforms

pytestmark = pytest.mark.gl

NAMES = sorted(
    path.stem
    for path in resource("scenes").glob("*.fs")
    if own_scene(path.stem).document.kind != "transition"
)
MUSIC = Uniforms(
    dt_s=1 / 30,
    drift_s=7.0,
    scene_s=12.0,
    bass=0.25,
    mid=0.3,
    treble=0.3,
    energy=0.4,
    motion=0.5,
    bar_phase=0.3,
    since_beat_s=0.4,
    beat_strength=0.8,
    waveform=0.4 * np.sin(np.arange(1024, dtype=np.float32) / 19).reshape(2, 512),
    fft=np.linspace(0.9, 0.1, 512, dtype=np.float32),
    palette=tuple((v, 0.8 * v, 0.6 * v) for v in (0.08, 0.24, 0.4, 0.56, 0.74, 0.92)),
)
CALM = replace(MUSIC, energy=0.1, motion=0.3, bass=0.1, since_beat_s=2.0, beat_strength=0.0)


class Rehearsal:
    """One small stage for all of them, on which each is compiled once, and begins anew with every drawing."""

    def __init__(self, ctx: moderngl.Context) -> None:
        self._stage = SmallStage(ctx)
        self._scenes: dict[str, IsfScene] = {}
        text = resource("shaders", "plain.fs").read_text(encoding="utf-8")
        self.plain = self.draw(StagedScene("plain", read_scene(text, name="plain")), MUSIC)

    def draw(self, staged: StagedScene, *moments: Uniforms) -> Pixels:
        """The last of these video frames."""
        self._stage.begin_anew()
        if staged.key not in self._scenes:
            self._scenes[staged.key] = self._stage.scene(staged)
        self._scenes[staged.key].rest()
        return [self._stage.draw(self._scenes[staged.key], moment) for moment in moments][-1]

    def release(self) -> None:
        for scene in self._scenes.values():
            scene.release()
        self._stage.release()


@pytest.fixture(scope="module")
def rehearsal(ctx: moderngl.Context) -> Iterator[Rehearsal]:
    rehearsal = Rehearsal(ctx)
    yield rehearsal
    rehearsal.release()


def grey(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return pixels.astype(np.float64) @ (0.299, 0.587, 0.114)


def cells(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Mean relative luminance of 9 x 16 cells, 0..1."""
    linear = (pixels / 255.0) ** 2.2 @ (0.2126, 0.7152, 0.0722)
    return linear.reshape(9, 10, 16, 10).mean(axis=(1, 3))


def distance(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


@pytest.mark.parametrize("name", NAMES)
def test_without_presence_it_is_the_plain_picture(name: str, rehearsal: Rehearsal) -> None:
    absent = replace(MUSIC, presence=0.0, beat_pulse=0.8)
    assert distance(rehearsal.draw(own_scene(name), absent, absent), rehearsal.plain) <= 1.0


@pytest.mark.parametrize("name", NAMES)
def test_with_it_the_picture_is_another_and_yet_the_same(name: str, rehearsal: Rehearsal) -> None:
    lively = [replace(MUSIC, since_beat_s=frame % 15 / 30) for frame in range(30)]
    assert distance(rehearsal.draw(own_scene(name), *lively), rehearsal.plain) > 0.25
    calm = rehearsal.draw(own_scene(name), *[CALM] * 30)
    assert np.corrcoef(grey(calm).ravel(), grey(rehearsal.plain).ravel())[0, 1] > 0.35


@pytest.mark.parametrize("name", NAMES)
def test_a_beat_is_no_flash(name: str, rehearsal: Rehearsal) -> None:
    before = [MUSIC] * 8
    hit = replace(MUSIC, bass=0.9, beat_pulse=1.0, since_beat_s=1 / 30)
    on_it = [*before, replace(MUSIC, since_beat_s=0.0), hit]
    drawn = [rehearsal.draw(own_scene(name), *moments) for moments in ([*before, MUSIC, MUSIC], on_it)]
    swing = np.abs(cells(drawn[1]) - cells(drawn[0]))
    assert (swing >= 0.08).mean() < 0.25


def test_for_any_energy_there_is_a_choice() -> None:
    ranges = [own_scene(name).document.casting.energy for name in NAMES]
    for energy in np.linspace(0.0, 1.0, 11):
        assert sum(low <= energy <= high for low, high in ranges) >= 3


def test_where_a_scene_shows_the_sound_itself_no_bars_stand_before_it() -> None:
    assert not own_scene("organ").document.casting.bars
    assert own_scene("rain").document.casting.bars
