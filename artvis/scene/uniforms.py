"""Everything that the engine needs for one video frame, as one value.

It names pictures by id only; it holds no pixels and no OpenGL.
"""

from dataclasses import dataclass, field, replace
from math import tau

import numpy as np
import numpy.typing as npt

from artvis.model.artwork import Picture
from artvis.model.music import NO_FFT, NO_SPECTRUM, NO_WAVEFORM, MusicState
from artvis.palette.focus import focus_of
from artvis.scene.casting import PLAIN, Cast
from artvis.scene.director import Direction
from artvis.scene.kenburns import CENTRE, View, look, seed_of
from artvis.scene.spectrum import folded
from artvis.scene.state import LONG_AGO_S, SceneState, beat_pulse

Rgb = tuple[float, float, float]
GREY_PALETTE: tuple[Rgb, ...] = tuple((v, v, v) for v in (0.08, 0.24, 0.4, 0.56, 0.74, 0.92))
WARP_HZ = (0.061, 0.043, 0.087, 0.029)
"""Four slow, incommensurable oscillators: the flow never repeats within an evening."""


@dataclass(frozen=True, slots=True)
class OnStage:
    """A picture as the scene knows it: how it is looked at, and since when."""

    art_id: str
    seed: int
    focus: tuple[float, float] = CENTRE
    palette: tuple[Rgb, ...] = GREY_PALETTE
    since_motion_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Uniforms:
    now_s: float = 0.0
    dt_s: float = 1 / 60
    art_a: str = ""
    """The `key` of a picture; '' is the built-in one."""
    art_b: str = ""
    """The incoming picture; means something while `fade` > 0 only."""
    fade: float = 0.0
    view_a: View = field(default_factory=View)
    view_b: View = field(default_factory=View)
    bass: float = 0.0
    mid: float = 0.0
    treble: float = 0.0
    energy: float = 0.0
    beat_phase: float = 0.0
    bar_phase: float = 0.0
    beat_pulse: float = 0.0
    since_beat_s: float = LONG_AGO_S
    beat_strength: float = 0.0
    """Of the last beat, 0..1: how far its wave moves the picture."""
    valence: float = 0.5
    arousal: float = 0.3
    motion: float = 0.25
    calm: float = 0.0
    """0..1: how far it is asked for, by key C or by the system."""
    phases: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Angles of the flow in radians, 0..2 pi: a long-running clock would lose its precision as a float32."""
    palette: tuple[Rgb, ...] = GREY_PALETTE
    """Six colours, sRGB 0..1, dark to light."""
    spectrum: npt.NDArray[np.float32] = field(default_factory=lambda: NO_SPECTRUM, repr=False, compare=False)
    """The 64 bars from left to right, 0..1; the lowest bands stand in the middle."""
    blackout: float = 0.0
    scene: str = ""
    """The `key` of the scene; '' is the plain picture."""
    scene_s: float = 0.0
    """Since it came on."""
    drift_s: float = 0.0
    """Since it came on, by the clock of motion: slower in quiet music and in calm."""
    presence: float = 1.0
    """How much of the scene is to be seen, 0..1; at 0 every scene is the plain picture."""
    transition: str = ""
    """The `key` of the transition by which `art_b` comes in; '' is the plain one."""
    waveform: npt.NDArray[np.float32] = field(default_factory=lambda: NO_WAVEFORM, repr=False, compare=False)
    """The sound itself, shape (2, WAVEFORM), left and right, -1..1."""
    fft: npt.NDArray[np.float32] = field(default_factory=lambda: NO_FFT, repr=False, compare=False)
    """Shape (FFT_BINS,), 0..1, from 0 Hz upwards in equal steps."""


def on_stage(picture: Picture, state: SceneState) -> OnStage:
    """Bring a picture on; the camera's journey over it begins now. Costs 1 ms: the focus is looked for."""
    return OnStage(
        art_id=picture.key,
        seed=seed_of(picture.id),
        focus=focus_of(picture.pixels),
        palette=rgb_palette(picture.palette),
        since_motion_s=state.motion_s,
    )


def uniforms(
    *,
    now_s: float,
    dt_s: float,
    state: SceneState,
    music: MusicState,
    direction: Direction,
    current: OnStage,
    incoming: OnStage | None = None,
    cast: Cast = PLAIN,
) -> Uniforms:
    """One video frame: what hangs, what is heard and how it moves, and what is `cast`."""
    pulse = beat_pulse(state)
    fade = direction.fade if incoming is not None else 0.0
    return Uniforms(
        now_s=now_s,
        dt_s=dt_s,
        art_a=current.art_id,
        art_b=incoming.art_id if incoming is not None else "",
        fade=fade,
        view_a=_view(current, state, pulse),
        view_b=_view(incoming, state, pulse) if incoming is not None else View(),
        bass=state.bass,
        mid=state.mid,
        treble=state.treble,
        energy=state.energy,
        beat_phase=music.beat_phase,
        bar_phase=music.bar_phase,
        beat_pulse=pulse,
        since_beat_s=state.since_beat_s,
        beat_strength=state.beat_strength,
        valence=music.valence,
        arousal=music.arousal,
        motion=state.motion,
        calm=state.calm,
        phases=_phases(state.motion_s),
        palette=_blend(current.palette, incoming.palette if incoming is not None else current.palette, fade),
        spectrum=folded(state.bars.shown),
        blackout=state.blackout,
        scene=cast.scene,
        scene_s=cast.scene_s,
        drift_s=cast.drift_s,
        presence=cast.presence,
        transition=cast.transition if fade > 0.0 else "",
        waveform=music.waveform,
        fft=music.fft,
    )


def rgb_palette(hexes: tuple[str, ...]) -> tuple[Rgb, ...]:
    """'#rrggbb' to sRGB 0..1, always six; greys where a picture came without a palette."""
    if not hexes:
        return GREY_PALETTE
    colours = [_rgb(each) for each in hexes[:6]]
    return tuple(colours + colours[-1:] * (6 - len(colours)))


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(text[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return red, green, blue


def _view(picture: OnStage, state: SceneState, pulse: float) -> View:
    view = look(picture.seed, state.motion_s - picture.since_motion_s, picture.focus)
    return replace(view, zoom=view.zoom * (1.0 + 0.02 * pulse * state.motion))


def _phases(motion_s: float) -> tuple[float, float, float, float]:
    one, two, three, four = (motion_s * hertz % 1.0 * tau for hertz in WARP_HZ)
    return one, two, three, four


def _blend(a: tuple[Rgb, ...], b: tuple[Rgb, ...], weight: float) -> tuple[Rgb, ...]:
    if weight <= 0.0:
        return a
    mixed = np.asarray(a) * (1.0 - weight) + np.asarray(b) * weight
    return tuple((float(r), float(g), float(blue)) for r, g, blue in mixed)
