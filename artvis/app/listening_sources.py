"""Composition for `artvis sources`: what could be heard, and what is heard when one listens.

It prints nothing and opens no window.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from artvis.audio import sources
from artvis.audio.demo import arrangement
from artvis.audio.levels import PLAYS, Verdict, listen_to, verdict_of
from artvis.audio.source import SourceInfo

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "music": "",
        "one channel only": "check the cable, and the balance of the output",
        "too loud: clipped": "turn it down where it is played until it does not clip",
        "very quiet": "turn it up where it is played",
        "noise": "it may be the wrong input, or nothing is connected to it",
        "silence": "play some music and ask again",
        "no data": "another program may hold the device",
    }
)
"""What to do, by the words of a verdict; '' when all is well."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A source, and what was heard of it (None: nobody listened)."""

    info: SourceInfo
    verdict: Verdict | None = None


def listed() -> list[Listed]:
    return [Listed(info) for info in sources.list_sources()]


def listened(seconds: float) -> list[Listed]:
    """The same sources, each listened to for `seconds`, but those that must not be opened unasked."""
    infos = sources.list_sources()
    devices = {info.id: device for info in infos if (device := sources.device_to_try(info))}
    heard = dict(zip(devices, listen_to(list(devices.values()), seconds), strict=True))
    rows = []
    for info in infos:
        verdict = heard.get(info.id)
        if info.kind == "demo":
            verdict = verdict_of(arrangement.mastered(arrangement.chunk(0)))
        elif info.kind == "system" and verdict is None:
            verdict = Verdict(None, "no data")
        rows.append(Listed(info, verdict))
    return rows


def pick(rows: list[Listed]) -> Listed | None:
    """The one to choose after listening: the chosen one if it plays music, else another that does, else the chosen."""
    chosen = next((row for row in rows if row.info.chosen), None)
    playing = [row for row in rows if row.verdict and row.verdict.words in PLAYS and row.info.kind != "demo"]
    if chosen in playing or not playing:
        return chosen
    return next((row for row in playing if row.verdict and row.verdict.words == "music"), playing[0])


def conclusion(best: Listed | None) -> list[str]:
    """What to do after listening, in sentences: about the source that was picked."""
    if best is None or best.verdict is None:
        return []
    info, words = best.info, best.verdict.words
    where = [] if info.chosen else [f"The music is on {info.id}: artvis show --source {info.id}"]
    return [*where, f"{info.title}: {words}; {ADVICE[words]}."] if ADVICE[words] else where
