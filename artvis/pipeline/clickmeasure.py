"""A click that is played and captured again: how long it takes into artvis, and how late it is in the air.

Without a microphone the air is what the sound system says of its output; with one it is what was heard there. It opens
nothing by itself and stores nothing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol

from artvis.audio.playback import ClickPlayer, Played
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, AudioSource
from artvis.errors import AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.pipeline.agreement import LEAST, Agreement, agreement
from artvis.pipeline.clickear import ClickEar

CLICKS = 15
SETTLING = 3  # the first ones, while clocks and delays are still being learnt
PERIOD_S = 0.7
OPENS_WITHIN_S = 5.0
LOOK_S = 0.02
OPENINGS_DIFFER_S = BLOCK / SAMPLE_RATE_HZ  # by so much one opening of a stream is later than another
MIC_BEHIND_S = 0.6  # a click is later than this in the room: another one, or none


class Microphone(Protocol):
    """An open recording in the room; `early_s` is below 0 by what it is late."""

    early_s: float

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ClickDelays:
    """Seconds, each the median over the clicks."""

    round_trip_s: float
    """From giving a click to the sound system until it has come back."""
    capture_s: float
    """From its way into the output until it arrives here."""
    output_s: float
    """What the output holds back, as far as it was measured: by the microphone, else by the sound system's word."""
    offset_s: float
    """What the alignment of a show is wrong by; above 0 the picture has to come earlier.

    0 where no microphone heard it and it is no more than another opening of the same stream would change.
    """
    agreed: Agreement
    in_the_room: bool
    """Whether a microphone heard the clicks."""


def measure_clicks(
    source: AudioSource,
    *,
    open_player: Callable[[float], ClickPlayer] = ClickPlayer,
    open_mic: Callable[[Ring], Microphone] | None = None,
) -> ClickDelays:
    """Takes 12 s. Raises AudioUnavailable where nothing is heard at all, or nothing can be played."""
    ear, room = ClickEar(source.sample_rate_hz), ClickEar(source.sample_rate_hz)
    with ExitStack() as stack:
        stack.callback(source.stop)
        source.start(ear.ring, lambda _: None)
        await_sound(source, ear)
        mic = open_mic(room.ring) if open_mic is not None else None
        if mic is not None:
            stack.callback(mic.close)
        player = open_player(PERIOD_S)
        stack.callback(player.close)
        heard_s: list[float] = []
        room_s: list[float] = []
        for now_s in _looks((CLICKS + 1) * PERIOD_S):
            heard_s += ear.listen(now_s)
            room_s += room.listen(now_s)
        early_s = max(source.stats().early_s, 0.0)
        played = list(player.played)
    air_s = [click_s - (0.0 if mic is None else -mic.early_s) for click_s in room_s]
    return delays(heard_s[SETTLING:], played, air_s, early_s=early_s)


def delays(heard_s: list[float], played: list[Played], room_s: list[float], *, early_s: float) -> ClickDelays:
    """What the moments mean. `early_s`: how much later than it was captured a sound is believed to be in the air."""
    pairs = [(click_s, _nearest(played, click_s + early_s)) for click_s in heard_s] if played else []
    trips = agreement([click_s - play.handed_s for click_s, play in pairs], "clicks")
    said = agreement([play.air_s - click_s for click_s, play in pairs], "clicks")
    late = [
        air_s - click_s for click_s in heard_s for air_s in room_s if 0.0 <= air_s - click_s < MIC_BEHIND_S
    ]
    in_the_room = len(late) >= LEAST
    agreed = agreement(late, "clicks in the room") if in_the_room else said
    offset_s = early_s - agreed.median_s
    if not in_the_room and abs(offset_s) <= OPENINGS_DIFFER_S:
        offset_s = 0.0
    return ClickDelays(
        round_trip_s=trips.median_s,
        capture_s=max(0.0, early_s - said.median_s),
        output_s=agreed.median_s,
        offset_s=offset_s,
        agreed=agreed,
        in_the_room=in_the_room,
    )


def _nearest(played: list[Played], air_s: float) -> Played:
    return min(played, key=lambda play: abs(play.air_s - air_s))


def await_sound(source: AudioSource, ear: ClickEar) -> None:
    """Waits until sound comes in, be it silence. Raises AudioUnavailable when none does within 5 s."""
    for now_s in _looks(OPENS_WITHIN_S):
        ear.listen(now_s)
        if ear.hears:
            return
    raise AudioUnavailable(f"No sound arrives from {source.title}; `artvis doctor` says why.")


def _looks(seconds: float) -> Iterator[float]:
    ends_s = time.monotonic() + seconds
    while (now_s := time.monotonic()) < ends_s:
        yield now_s
        time.sleep(LOOK_S)
