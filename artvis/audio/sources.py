"""Chooses a source of sound: from what `--source` says, or, with `auto`, from what the machine has.

It listens to nothing; the sources do, once they are started.
"""

import ctypes.util
import sys
from typing import Literal

from artvis.audio import parec, pulse
from artvis.audio.capture import PortAudioStream
from artvis.audio.demosource import demo_source
from artvis.audio.devices import Device, Offer, Wish, check, default_device
from artvis.audio.filesource import file_source
from artvis.audio.follower import Follower, NoFollower, PulseFollower
from artvis.audio.live import LiveSource, Rung
from artvis.audio.parec import ParecStream
from artvis.audio.source import AudioSource, SourceInfo
from artvis.errors import AudioUnavailable, InputError
from artvis.model.notice import Notice

SPECS = "auto, system, system:NAME, mic, mic:NAME, file:PATH or demo"
ASKED_FOR = "only when asked for"


def open_source(spec: str, *, must_exist: bool = True) -> AudioSource:
    """The source that `spec` names, ready to be started.

    `auto` is what the machine plays, or the demo where that can never be heard. Raises InputError for a spec, file
    or device that does not exist, and AudioUnavailable where a source that was asked for cannot work. Unless it
    `must_exist`, a device that is away is waited for: the default is listened to until it comes.
    """
    kind, _, name = spec.partition(":")
    if spec == "auto":
        return _auto()
    if spec == "demo":
        return demo_source()
    if kind == "file" and name:
        return file_source(name)
    if kind == "system" and (name or spec == kind):
        return _live(Wish("system", name), must_exist=must_exist)
    if kind == "mic" and (name or spec == kind):
        return _live(Wish("mic", name), must_exist=must_exist)
    raise InputError(f"There is no source {spec!r}; use {SPECS}.")


def list_sources() -> list[SourceInfo]:
    """All that could be listened to now; `chosen` is the one that `auto` takes, none while `auto` has to wait."""
    never = _why_no_system()
    problem = never
    offer = Offer()
    if not never:
        try:
            with pulse.PulseLink() as link:
                offer = link.offer()
        except AudioUnavailable as error:
            problem = f"{str(error).rstrip('.')}: auto waits for one"
    infos = [_sink_info(sink, offer) for sink in offer.sinks]
    if not infos:
        why = problem or "the sound server has no output: auto waits for one"
        infos = [SourceInfo("system", "system", "system audio", default=True, chosen=False, reason=why)]
    infos += [_mic_info(mic, offer) for mic in offer.mics]
    infos.append(_built_in("file:PATH", "file", "any sound file"))
    infos.append(_built_in("demo", "demo", "built-in demo track", chosen=bool(never)))
    return infos


def device_to_try(info: SourceInfo) -> str | None:
    """The source of the sound server to record from for a line of the list; None where nothing may be opened."""
    _, _, name = info.id.partition(":")
    if not name or info.bluetooth or info.kind in {"file", "demo"}:
        return None
    return f"{name}.monitor" if info.kind == "system" else name


def _auto() -> AudioSource:
    problem = _why_no_system()
    if not problem:
        return _live(Wish("system"))
    notice = Notice(
        "warning",
        "audio-demo",
        f"{problem.rstrip('.')}; this is the built-in demo track.",
        "Play a file: artvis show --source file:PATH.",
    )
    return demo_source(opening_notice=notice)


def _why_no_system() -> str:
    """Why the sound of this machine can never be heard here; '' when it can, be it by a server that starts later."""
    if sys.platform != "linux":
        return f"System audio cannot be captured on {sys.platform} yet."
    if parec.is_installed():  # and with it libpulse: the dear question below (40 ms) need not be asked
        return ""
    if ctypes.util.find_library("portaudio") is None:
        return "Neither PortAudio (libportaudio2) nor parec (pulseaudio-utils) is installed."
    if not pulse.can_be_reached():
        return "The library of the sound server (libpulse0) is not installed."
    return ""


def _live(wish: Wish, *, must_exist: bool = True) -> LiveSource:
    follower: Follower = NoFollower()
    rungs: tuple[Rung, ...] = (PortAudioStream,)
    if sys.platform == "linux":
        problem = _why_no_system()
        if problem:
            raise AudioUnavailable(problem)
        if must_exist or not wish.name:
            _refuse_the_impossible(wish)
        follower = PulseFollower(wish)
        rungs = (PortAudioStream, ParecStream)
    elif wish.kind == "system":
        raise AudioUnavailable(_why_no_system())
    return LiveSource(wish, rungs, follower=follower)


def _refuse_the_impossible(wish: Wish) -> None:
    """Check a wish against the sound server, if one answers; if none does, it may come, and the source waits for it."""
    if wish.kind == "system" and not wish.name:
        return
    try:
        with pulse.PulseLink() as link:
            offer = link.offer()
    except AudioUnavailable:
        return
    check(wish, offer)
    if not wish.name and default_device("mic", offer) is None:
        if offer.mics:
            first = offer.mics[0]
            why = "using its microphone would drop the music to telephone quality"
            raise AudioUnavailable(
                f"The only microphone is {first.title} on Bluetooth, and {why}; name it: mic:{first.name}."
            )
        raise AudioUnavailable("There is no microphone.")


def _sink_info(sink: Device, offer: Offer) -> SourceInfo:
    best = default_device("system", offer)
    chosen = best is not None and sink.name == best.name
    reason = "what plays on the default output" if chosen else "not the default output"
    return _info("system", sink, default=sink.name == offer.default_sink, chosen=chosen, reason=reason)


def _mic_info(mic: Device, offer: Offer) -> SourceInfo:
    if mic.bluetooth:
        reason = "never on its own: a Bluetooth microphone drops the music to telephone quality"
    elif mic == default_device("mic", offer):
        reason = "only when asked for: --source mic"
    else:
        reason = f"only when asked for: --source mic:{mic.name}"
    return _info("mic", mic, default=mic.name == offer.default_source, chosen=False, reason=reason)


def _built_in(spec: str, kind: Literal["file", "demo"], title: str, *, chosen: bool = False) -> SourceInfo:
    reason = "nothing else can be heard" if chosen else ASKED_FOR
    return SourceInfo(spec, kind, title, default=False, chosen=chosen, reason=reason)


def _info(
    kind: Literal["system", "mic"], device: Device, *, default: bool, chosen: bool, reason: str
) -> SourceInfo:
    return SourceInfo(
        f"{kind}:{device.name}", kind, device.title, default=default, chosen=chosen, reason=reason
    )
