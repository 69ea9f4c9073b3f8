"""Composition for `artvis calibrate`: finds how much the picture is off the sound, and stores it.

It prints nothing.
"""

import os
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from artvis import settings as files
from artvis.audio import parec, pulse
from artvis.audio.devices import Wish, check, target
from artvis.audio.playback import ClickPlayer
from artvis.audio.ring import Ring
from artvis.audio.source import Tally
from artvis.audio.sources import open_source
from artvis.errors import AudioUnavailable
from artvis.paths import Home
from artvis.pipeline.clickear import ClickEar
from artvis.pipeline.clickmeasure import await_sound, measure_clicks
from artvis.pipeline.tapshow import PERIOD_S, TapShow
from artvis.ui.display import require_display

SETTING = "stage.av_offset_ms"


@dataclass(frozen=True, slots=True)
class Found:
    """An offset, how it was found, and what was measured on the way, in milliseconds."""

    method: str
    offset_ms: float
    problem: str = ""
    """Why it must not be stored, or ''."""
    measured: Mapping[str, float] = field(default_factory=dict)
    in_the_room: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "offset_ms": self.offset_ms,
            "stored": not self.problem,
            **self.measured,
        }


def store(home: Home, offset_ms: float, environ: Mapping[str, str]) -> str:
    """Writes the offset into the settings file; a sentence where something else decides all the same, or ''."""
    files.set_value(home, SETTING, f"{offset_ms:g}")
    variable = files.variable_of(SETTING)
    return f"{variable} is set, and decides at the next start." if variable in environ else ""


def captured(mic: str | None) -> Found:
    """Plays clicks and captures them again; `mic` '' is the default microphone, None none.

    Raises AudioUnavailable or InputError.
    """
    source = open_source("system")
    if mic is None:
        delays = measure_clicks(source)
    else:
        name = _microphone(mic)
        delays = measure_clicks(source, open_mic=lambda ring: _Room(name, ring))
    problem = delays.agreed.problem
    if mic is not None and not (problem or delays.in_the_room):
        problem = "The microphone did not hear the clicks."
    return Found(
        "captured",
        round(1e3 * delays.offset_s, 1),
        problem,
        {
            "clicks": delays.agreed.count,
            "round_trip_ms": round(1e3 * delays.round_trip_s, 1),
            "capture_ms": round(1e3 * delays.capture_s, 1),
            "output_ms": round(1e3 * delays.output_s, 1),
            "spread_ms": round(1e3 * delays.agreed.spread_s, 1),
        },
        delays.in_the_room,
    )


def by_hand(home: Home) -> Found:
    """Opens a window with flashes to tap to. Raises GraphicsUnavailable, AudioUnavailable, KeyboardInterrupt."""
    require_display(os.environ)
    from artvis.render.flash import FlashEngine  # Qt and OpenGL: 250 ms, for this one way
    from artvis.ui.application import run_window
    from artvis.ui.ports import ShowParts, WindowOptions

    source = open_source("system")
    ear = ClickEar(source.sample_rate_hz)
    with ExitStack() as stack:
        stack.callback(source.stop)
        source.start(ear.ring, lambda _: None)
        await_sound(source, ear)
        player = ClickPlayer(PERIOD_S)
        stack.callback(player.close)

        def clicks_in_the_air(now_s: float) -> list[float]:
            early_s = source.stats().early_s
            return [click_s + early_s for click_s in ear.listen(now_s)]

        show = TapShow(clicks_in_the_air, make_loud=lambda loud: _set(player.loud, loud=loud))
        frames = run_window(
            WindowOptions(size=(960, 540), title="artvis calibrate", qml_cache=home.cache / "qml"),
            lambda: ShowParts(show=show, frame_took=show.frame_took),
            make_engine=FlashEngine,
        )
    if frames.interrupted:
        raise KeyboardInterrupt
    measured = {"spread_ms": round(1e3 * show.spread_s, 1)}
    return Found("tapped", round(1e3 * show.offset_s, 1), show.problem, measured)


def _set(event: threading.Event, *, loud: bool) -> None:
    (event.set if loud else event.clear)()


def _microphone(name: str) -> str:
    wish = Wish("mic", name)
    with pulse.PulseLink() as link:
        offer = link.offer()
    check(wish, offer)
    where = target(wish, offer)
    if where is None:
        raise AudioUnavailable("There is no microphone, or only one on Bluetooth.")
    return where.pulse_source


class _Room:
    """A microphone that records into a ring."""

    def __init__(self, name: str, ring: Ring) -> None:
        if not parec.is_installed():
            raise AudioUnavailable("The recorder parec of the sound server is not installed.")
        self._stream = parec.ParecStream(name, ring, Tally())
        try:
            with pulse.PulseLink() as link:
                self.early_s = link.early_s(name)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._stream.close()
