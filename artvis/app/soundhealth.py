"""What the command `doctor` finds out about sound: what can record, how the sound server stands, and what is heard.

It repairs nothing. What it asks is asked in a child process (`probes`), as a sound library may hang or crash.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from artvis.app import probes
from artvis.app.checks import Check
from artvis.app.listening_sources import ADVICE

LISTEN_S = 1.5
LOW_VOLUME = 0.2
NOWHERE = "auto_null"
"""The output that a sound server makes up where no card is: PulseAudio and PipeWire call it so."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found in the child process; '' and None for what is not there."""

    server: str = ""
    problem: str = ""
    """Why no server answers."""
    output: str = ""
    title: str = ""
    muted: bool = False
    volume: float = 1.0
    monitor_muted: bool = False
    source: str = ""
    """The title of what a show would listen to; '' when there is nothing, or it cannot be tried beforehand."""
    away: str = ""
    """The device of the settings that is away."""
    lufs: float | None = None
    words: str = ""


HEAR_ALL = "`artvis sources --listen 2` hears all sources"


def sound(spec: str, cache: Path) -> Iterator[Check]:
    """`spec` is what a show would listen to by the settings; `cache` the folder for what can be made again."""
    if sys.platform == "linux":
        yield recorders(probes.in_child(probes.portaudio), probes.in_child(probes.parec))
    found = probes.in_child(partial(probes.sound, spec, LISTEN_S))
    if not found.good:
        yield Check(
            "warn",
            "sound",
            f"the sound cannot be asked: {found.text}",
            "artvis show --source demo needs none",
        )
    else:
        facts: dict[str, Any] = json.loads(found.text)
        heard = Heard(**facts)
        if sys.platform == "linux":
            yield from served(heard)
        if heard.source or heard.away:
            yield listened(heard)
    yield deep_cache(cache)


def recorders(portaudio: probes.Finding, parec: probes.Finding) -> Check:
    """Two ways to record: the first is quicker, the second also gives the meters of the source list."""
    match portaudio.good, parec.good:
        case True, True:
            return Check("ok", "recording", "PortAudio and parec are here")
        case True, False:
            means = "parec is missing: PortAudio records alone, and the list of sources (key A) has no meters"
            return Check("warn", "recording", means, "install pulseaudio-utils")
        case False, True:
            means = f"PortAudio is missing ({portaudio.text}): parec records in its place"
            return Check("warn", "recording", means, "install libportaudio2")
    means = "neither PortAudio nor parec is here, so nothing can be recorded"
    return Check(
        "warn", "recording", means, "install libportaudio2 or pulseaudio-utils; --source demo needs neither"
    )


def served(heard: Heard) -> Iterator[Check]:
    """The sound server and its default output."""
    if not heard.server:
        means = f"{heard.problem.rstrip('.')}; a show starts all the same and waits for it"
        yield Check(
            "warn",
            "sound server",
            means,
            "start PipeWire or PulseAudio; --source demo and file:PATH need none",
        )
        return
    yield Check("ok", "sound server", heard.server)
    yield output(heard)


def output(heard: Heard) -> Check:
    """Whether what is played can be heard on the monitor of the default output."""
    if not heard.output:
        return Check("warn", "output", "the sound server has none, so nothing is played", "plug in speakers")
    if heard.output == NOWHERE:
        means = "the sound server has no real one: what is played goes nowhere, but artvis hears it"
        return Check("warn", "output", means, "plug in speakers, or look at the driver of the sound card")
    if heard.monitor_muted:
        action = f"pactl set-source-mute {heard.output}.monitor 0"
        return Check(
            "warn", "output", f"the monitor of {heard.title} is muted: artvis hears nothing of it", action
        )
    if heard.muted:
        action = "unmute it; to hear nothing in the room, turn the speakers down instead"
        return Check("warn", "output", f"{heard.title} is muted, and with it what artvis hears", action)
    percent = round(100 * heard.volume)
    if heard.volume < LOW_VOLUME:
        means = f"{heard.title} is turned down to {percent} %, and with it perhaps what artvis hears"
        return Check("warn", "output", means, "turn it up, and the speakers down")
    return Check("ok", "output", f"{heard.title}, at {percent} %")


def listened(heard: Heard) -> Check:
    """What was heard of the source that a show would take."""
    if heard.away:
        means = f"{heard.away} of the settings is away; a show listens to the default until it is back"
        return Check("warn", "listening", means, "plug it in, or choose another one in a show with key A")
    level = "" if heard.lufs is None else f", {heard.lufs:.1f} LUFS"
    means = f"{heard.source}: {heard.words}{level}"
    action = ADVICE[heard.words]
    if heard.words in ("noise", "silence", "no data"):
        action = f"{action}; {HEAR_ALL}"
    return Check("warn" if action else "ok", "listening", means, action)


def deep_cache(cache: Path) -> Check:
    """Whether deep listening has been compiled before."""
    from artvis.audio.deep import DeepWorker  # 60 ms, of numpy

    if DeepWorker(cache).cold:
        return Check("ok", "deep cache", "empty: deep listening compiles for some seconds in its first show")
    return Check("ok", "deep cache", "filled: deep listening is there within seconds")
