"""What a sound server offers, as values, and which of it a listener wants: the choice without the server.

It opens and moves nothing. Names are the server's own, as `pactl list` shows them.
"""

import re
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
    channel_map: tuple[str, ...] = ()
    """The name of each channel, in the order of the device; () where nobody told."""


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
    channels: tuple[int, ...] = ()
    """Left and right of many, or one for both sides, counted from 1; (): stereo, as the device mixes it."""

    @property
    def suffix(self) -> str:
        """What stands behind the name in a spec: '#3-4'."""
        return "#" + "-".join(map(str, self.channels)) if self.channels else ""


@dataclass(frozen=True, slots=True)
class Pick:
    """Some channels of a device, for a stream that opens all of them."""

    columns: tuple[int, ...]
    """One or two, counted from 0."""
    channel_map: tuple[str, ...] = ()
    """All channels of the device; () where only the driver knows them."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to listen now, to serve a wish."""

    device: Device
    pulse_source: str
    """The source to record from: the monitor of a sink, or a microphone."""
    fell_back: bool = False
    """The device that was asked for is away, and this is another one."""


def wish_of(kind: Literal["system", "mic"], rest: str) -> Wish:
    """The wish in 'NAME', 'NAME#3-4' or 'NAME#3', `NAME` being '' for the default; raises InputError.

    A name may hold a '#' itself: only digits, or digits on both sides of a '-', are channels.
    """
    found = re.fullmatch(r"(.*)#(\d{1,4})(?:-(\d{1,4}))?", rest)
    if found is None:
        return Wish(kind, rest)
    name, *numbers = found.groups()
    channels = tuple(int(number) for number in numbers if number)
    if channels[0] < 1 or list(channels) != sorted(set(channels)):
        raise InputError(
            f"#{rest.rpartition('#')[2]} names no channels; write #3-4 for the third and fourth, or #3 alone."
        )
    return Wish(kind, name, channels)


def pick(wish: Wish, where: Target | None) -> Pick | None:
    """Which channels to take there; None for the device's own stereo, as on a device that stands in."""
    if not wish.channels or (where and where.fell_back):
        return None
    channel_map = where.device.channel_map if where else ()
    if channel_map and wish.channels[-1] > len(channel_map):
        return None
    return Pick(tuple(number - 1 for number in wish.channels), channel_map)


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
    """Raise InputError when a device is wished for that nobody knows, or a channel that it does not have."""
    devices = offer.sinks if wish.kind == "system" else offer.mics
    device = named(devices, wish.name) if wish.name else default_device(wish.kind, offer)
    if device is None and wish.name:
        what = "output" if wish.kind == "system" else "microphone"
        have = ", ".join(device.name for device in devices)
        raise InputError(f"There is no {what} {wish.name!r}; there is {have or 'none at all'}.")
    if device and device.channel_map and wish.channels and wish.channels[-1] > len(device.channel_map):
        count = len(device.channel_map)
        raise InputError(f"{device.title} has {count} channels, so there is no channel {wish.channels[-1]}.")
