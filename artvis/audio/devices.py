"""What a sound server offers, as values, and which of it a listener wants: the choice without the server.

It opens and moves nothing. Names are the server's own, as `pactl list` shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from artvis.errors import InputError


@dataclass(frozen=True, slots=True)
class Device:
    """A sink, or a source that is no monitor."""

    name: str
    title: str
    """For people: 'Built-in Audio Analog Stereo'."""
    bluetooth: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the sound server has, at one moment."""

    sinks: tuple[Device, ...] = ()
    mics: tuple[Device, ...] = ()
    default_sink: str = ""
    default_source: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to listen to: the music that plays ('system') or a microphone; `name` '' is whatever is the default."""

    kind: Literal["system", "mic"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to listen now, to serve a wish."""

    device: Device
    pulse_source: str
    """The source to record from: the monitor of a sink, or a microphone."""
    fell_back: bool = False
    """The device that was asked for is away, and this is another one."""


def named(devices: Iterable[Device], name: str) -> Device | None:
    """The device of this name, or with this title in any spelling."""
    devices = tuple(devices)
    folded = name.strip().casefold()
    exact = (device for device in devices if device.name == name)
    spelled = (device for device in devices if folded in {device.name.casefold(), device.title.casefold()})
    return next(exact, None) or next(spelled, None)


def target(wish: Wish, offer: Offer) -> Target | None:
    """Where to listen; None when there is nothing of the kind (or nothing that may be opened unasked)."""
    devices = offer.sinks if wish.kind == "system" else offer.mics
    device = named(devices, wish.name) if wish.name else None
    fell_back = bool(wish.name) and device is None
    if device is None:
        device = default_device(wish.kind, offer)
    if device is None:
        return None
    source = f"{device.name}.monitor" if wish.kind == "system" else device.name
    return Target(device, source, fell_back)


def default_device(kind: Literal["system", "mic"], offer: Offer) -> Device | None:
    """The default sink; or the default microphone, but never a Bluetooth one: it turns the music into telephone."""
    if kind == "system":
        return named(offer.sinks, offer.default_sink) or next(iter(offer.sinks), None)
    harmless = [mic for mic in offer.mics if not mic.bluetooth]
    return named(harmless, offer.default_source) or next(iter(harmless), None)


def check(wish: Wish, offer: Offer) -> None:
    """Raise InputError, with a list of what there is, when a device is wished for that nobody knows."""
    devices = offer.sinks if wish.kind == "system" else offer.mics
    if not wish.name or named(devices, wish.name) is not None:
        return
    what = "output" if wish.kind == "system" else "microphone"
    have = ", ".join(device.name for device in devices)
    raise InputError(f"There is no {what} {wish.name!r}; there is {have or 'none at all'}.")
