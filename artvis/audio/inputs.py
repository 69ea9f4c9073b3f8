"""The choice among ordinary inputs where no sound server helps: a cable that carries what is played, or a microphone.

It opens and lists nothing; names are the system's own. What is on Bluetooth is told by its name alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from artvis.audio.devices import Wish

# BlackHole, Soundflower and Loopback on macOS; Stereo Mix, VB-CABLE and VoiceMeeter on Windows, as their makers
# name them. Stereo Mix goes by the language of its driver: German, French, Spanish, Italian, Portuguese.
_CABLE = re.compile(
    r"blackhole|soundflower|loopback audio|stereo ?mix|stereomix|mixage st|mezcla est|missaggio ster|mixagem est"
    r"|what u hear|wave out mix|cable output|voicemeeter out",
    re.IGNORECASE,
)
_BLUETOOTH = re.compile(
    r"bluetooth|bluez|bluealsa|hands-?free|\bhfp\b|airpods|\bbuds\b|headset", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Input:
    """An input device as PortAudio lists it."""

    name: str
    channels: int
    default: bool = False

    @property
    def is_cable(self) -> bool:
        """Whether what is played comes out of it."""
        return bool(_CABLE.search(self.name))

    @property
    def bluetooth(self) -> bool:
        """Whether opening it may drop the music of a headset to telephone quality; in doubt it may."""
        return bool(_BLUETOOTH.search(self.name))


def cable(inputs: Sequence[Input]) -> Input | None:
    """An input that carries what is played; the default one first."""
    return _first([device for device in inputs if device.is_cable])


def microphone(inputs: Sequence[Input]) -> Input | None:
    """A microphone that may be opened unasked; the default one first, none on Bluetooth."""
    return _first([device for device in inputs if not (device.is_cable or device.bluetooth)])


def next_best(inputs: Sequence[Input]) -> Wish | None:
    """What to listen to where the sound of the machine itself cannot be had; None when nothing may be opened."""
    if device := cable(inputs):
        return Wish("system", device.name)
    if device := microphone(inputs):
        return Wish("mic", device.name)
    return None


def input_named(inputs: Sequence[Input], name: str) -> Input | None:
    folded = name.strip().casefold()
    return next((device for device in inputs if device.name.casefold() == folded), None)


def _first(inputs: Sequence[Input]) -> Input | None:
    return next((device for device in inputs if device.default), next(iter(inputs), None))
