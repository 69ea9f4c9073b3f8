"""Chooses a source of sound: from what `--source` says, or, with `auto`, from what the machine has.

It listens to nothing; the sources do, once they are started.
"""

import ctypes.util
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from artvis.audio import macos, parec, pulse, windows
from artvis.audio.capture import PortAudioStream, input_devices
from artvis.audio.demosource import demo_source
from artvis.audio.devices import Device, Offer, Wish, check, default_device, wish_of
from artvis.audio.filesource import file_source
from artvis.audio.follower import NoFollower, PulseFollower
from artvis.audio.inputs import Input, input_named, next_best
from artvis.audio.live import LiveSource
from artvis.audio.parec import ParecStream
from artvis.audio.source import AudioSource, SourceInfo
from artvis.errors import AudioUnavailable, InputError
from artvis.model.notice import Notice

SPECS = "auto, system, system:NAME, mic, mic:NAME, mic:NAME#3-4, file:PATH or demo"
ASKED_FOR = "only when asked for"
_BLUETOOTH = "never on its own: a Bluetooth microphone drops the music to telephone quality"


def open_source(spec: str, *, must_exist: bool = True) -> AudioSource:
    """The source that `spec` names, ready to be started.

    `auto` is what the machine plays, or the demo where that can never be heard. Raises InputError for a spec, file
    or device that does not exist, and AudioUnavailable where a source that was asked for cannot work. Unless it
    `must_exist`, a device that is away is waited for: the default is listened to until it comes.
    """
    if spec == "auto":
        return _auto()
    if spec == "demo":
        return demo_source()
    found = re.fullmatch(r"(system|mic|file)(?::(.+))?", spec, re.DOTALL)
    match found.groups() if found else ():
        case ("file", str(path)):
            return file_source(path)
        case (("system" | "mic") as kind, name):
            wish = wish_of(kind, name or "")
            return _served(wish, must_exist=must_exist) if _has_server() else _direct(wish)
    raise InputError(f"There is no source {spec!r}; use {SPECS}.")


def list_sources() -> list[SourceInfo]:
    """All that could be listened to now; `chosen` is the one that `auto` takes, none while `auto` has to wait."""
    if not _has_server():
        return _list_without_server()
    problem = ""
    offer = Offer()
    try:
        with pulse.PulseLink() as link:
            offer = link.offer()
    except AudioUnavailable as error:
        problem = f"{str(error).rstrip('.')}: auto waits for one"
    infos = [_sink_info(sink, offer) for sink in offer.sinks]
    if not infos:
        infos = [_system_info(problem or "the sound server has no output: auto waits for one", chosen=False)]
    infos += [_mic_info(mic, offer) for mic in offer.mics]
    infos.append(_built_in("file:PATH", "file", "any sound file"))
    infos.append(_built_in("demo", "demo", "built-in demo track"))
    return infos


def _list_without_server() -> list[SourceInfo]:
    problem = _why_no_system()
    inputs = input_devices()
    best = next_best(inputs) if problem else None
    infos = [_system_info(problem or "what plays on the default output", chosen=not problem)]
    infos += [_input_info(device, chosen=best is not None and device.name == best.name) for device in inputs]
    infos.append(_built_in("file:PATH", "file", "any sound file"))
    infos.append(_built_in("demo", "demo", "built-in demo track", chosen=bool(problem) and best is None))
    return infos


def meant_by(spec: str, infos: Sequence[SourceInfo]) -> SourceInfo | None:
    """The line of the list that `spec` leads to now; None where that is away, or nothing may be opened unasked."""
    if spec in {"auto", "system"}:
        return next((info for info in infos if info.chosen), None)
    if spec == "mic":
        harmless = [info for info in infos if info.kind == "mic" and not info.bluetooth]
        return next((info for info in harmless if info.default), harmless[0] if harmless else None)
    return next((info for info in infos if spec == info.id or spec.startswith(f"{info.id}#")), None)


def device_to_try(info: SourceInfo) -> str | None:
    """The source of the sound server to record from for a line of the list; None where nothing may be opened."""
    _, _, name = info.id.partition(":")
    if not name or info.bluetooth or info.kind in {"file", "demo"}:
        return None
    return f"{name}.monitor" if info.kind == "system" and _has_server() else name


def _auto() -> AudioSource:
    """What the machine plays; where that can never be heard a cable, a harmless microphone, or the demo."""
    problem = _why_no_system()
    if not problem:
        wish = Wish("system")
        return _served(wish) if _has_server() else _direct(wish)
    why = problem.rstrip(".")
    action = "Play a file: artvis show --source file:PATH."
    match next_best(input_devices()):
        case Wish("system", name) as wish:
            return _of_input(wish, Notice("info", "audio-cable", f"{why}; listening to {name} instead.", ""))
        case Wish("mic", name) as wish:
            text = f"{why}; listening to the microphone {name} instead."
            return _of_input(wish, Notice("warning", "audio-microphone", text, action))
    notice = Notice("warning", "audio-demo", f"{why}; this is the built-in demo track.", action)
    return demo_source(opening_notice=notice)


def _has_server() -> bool:
    """Whether sound goes through a sound server here, be it one that starts later."""
    return sys.platform == "linux" and not _why_no_system()


def _why_no_system() -> str:
    """Why the sound of this machine can never be heard here; '' when it can, be it by a server that starts later."""
    if sys.platform == "win32":
        return windows.why_no_loopback()
    if sys.platform == "darwin":
        return macos.why_no_tap()
    if parec.is_installed():  # and with it libpulse: the dear question below (40 ms) need not be asked
        return ""
    if ctypes.util.find_library("portaudio") is None:
        return "Neither PortAudio (libportaudio2) nor parec (pulseaudio-utils) is installed."
    if not pulse.can_be_reached():
        return "The library of the sound server (libpulse0) is not installed."
    return ""


def _served(wish: Wish, *, must_exist: bool = True) -> LiveSource:
    """A source of the sound server, by its own recorder or by PortAudio, which loses sound on a busy machine."""
    if must_exist or not wish.name:
        _refuse_the_impossible(wish)
    return LiveSource(wish, (ParecStream, PortAudioStream), follower=PulseFollower(wish))


def _direct(wish: Wish) -> LiveSource:
    """A source of the system itself, without a sound server."""
    problem = _why_no_system()
    if wish == Wish("system") and not problem:
        return windows.loopback_source(wish) if sys.platform == "win32" else macos.tap_source(wish)
    inputs = input_devices()
    if wish.name and input_named(inputs, wish.name) is None:
        have = ", ".join(device.name for device in inputs) or "none at all"
        raise InputError(f"There is no input {wish.name!r}; there is {have}.")
    if not wish.name:
        best = next_best([device for device in inputs if device.is_cable == (wish.kind == "system")])
        if best is None:
            raise AudioUnavailable(problem if wish.kind == "system" else "There is no microphone.")
        wish = replace(wish, name=best.name)
    return _of_input(wish)


def _of_input(wish: Wish, opening_notice: Notice | None = None) -> LiveSource:
    rung = partial(PortAudioStream, direct=True)
    return LiveSource(wish, (rung,), follower=NoFollower(), opening_notice=opening_notice)


def _refuse_the_impossible(wish: Wish) -> None:
    """Check a wish against the sound server, if one answers; if none does, it may come, and the source waits for it."""
    if wish == Wish("system"):
        return
    try:
        with pulse.PulseLink() as link:
            offer = link.offer()
    except AudioUnavailable:
        return
    check(wish, offer)
    if wish.kind == "mic" and not wish.name and default_device("mic", offer) is None:
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
        reason = _BLUETOOTH
    elif mic == default_device("mic", offer):
        reason = "only when asked for: --source mic"
    else:
        reason = f"only when asked for: --source mic:{mic.name}"
    info = _info("mic", mic, default=mic.name == offer.default_source, chosen=False, reason=reason)
    return replace(
        info, bluetooth=mic.bluetooth
    )  # of an output it does not matter: its monitor opens nothing


def _input_info(device: Input, *, chosen: bool) -> SourceInfo:
    kind: Literal["system", "mic"] = "system" if device.is_cable else "mic"
    if chosen:
        reason = (
            "it carries what is played" if device.is_cable else "the sound of the machine cannot be heard"
        )
    elif device.bluetooth:
        reason = _BLUETOOTH
    else:
        reason = f"only when asked for: --source {kind}:{device.name}"
    bluetooth = device.bluetooth and not device.is_cable
    return SourceInfo(f"{kind}:{device.name}", kind, device.name, device.default, chosen, reason, bluetooth)


def _system_info(reason: str, *, chosen: bool) -> SourceInfo:
    return SourceInfo("system", "system", "system audio", default=True, chosen=chosen, reason=reason)


def _built_in(spec: str, kind: Literal["file", "demo"], title: str, *, chosen: bool = False) -> SourceInfo:
    reason = "nothing else can be heard" if chosen else ASKED_FOR
    return SourceInfo(spec, kind, title, default=False, chosen=chosen, reason=reason)


def _info(
    kind: Literal["system", "mic"], device: Device, *, default: bool, chosen: bool, reason: str
) -> SourceInfo:
    return SourceInfo(
        f"{kind}:{device.name}", kind, device.title, default=default, chosen=chosen, reason=reason
    )
