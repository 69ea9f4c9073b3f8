"""Who of several players is believed, and when a track has changed: pure, on times that are handed in.

It asks nobody and knows neither MPRIS nor files; a player is a name here, with what it last said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from artvis.model.nowplaying import NowPlaying

SETTLE_S: Final = 0.5
"""Players send the parts of a change one by one; what comes within this time is one change."""
HOLD_S: Final = 2.0
"""While the believed player plays, another one must have played on for so long: a chime in a browser tab does not."""
PLAYERS_MAX: Final = 32


@dataclass(frozen=True, slots=True)
class Claim:
    """What a player says, and since when it has played this track."""

    now: NowPlaying
    since_s: float


@dataclass(frozen=True, slots=True)
class Settled:
    """What plays now. `track_changed`: another track than the last that was playing."""

    now: NowPlaying
    track_changed: bool


def believed(claims: Mapping[str, Claim], *, present: str, at_s: float) -> str:
    """The name of the player to believe, '' for none.

    One that plays beats one that does not; of two that play, the one whose track or play began last. `present` is
    the one believed so far: while it plays, another has to have played for `HOLD_S`.
    """
    held = claims.get(present)
    holds = held is not None and held.now.playing
    names = [
        name
        for name, claim in claims.items()
        if name == present or not holds or at_s - claim.since_s >= HOLD_S
    ]
    return max(names, key=lambda name: (claims[name].now.playing, claims[name].since_s, name), default="")


class Desk:
    """Takes what players say as they say it, and gives what plays once it has settled."""

    def __init__(self) -> None:
        self._claims: dict[str, Claim] = {}
        self._present = ""
        self._said = NowPlaying()
        self._counted = NowPlaying().track
        self._due_s: float | None = None

    @property
    def due_s(self) -> float | None:
        """When `settle` has something to decide; None while nothing has been said."""
        return self._due_s

    def tell(self, name: str, now: NowPlaying | None, at_s: float) -> None:
        """Player `name` says `now`; None when it is gone. What has no title is no news, and counts as gone."""
        before = self._claims.get(name)
        if now is None or not now.title:
            self._claims.pop(name, None)
        elif before is None:
            if len(self._claims) < PLAYERS_MAX:
                self._claims[name] = Claim(now, at_s)
        else:
            begins = now.playing and not before.now.playing
            fresh = begins or now.track != before.now.track
            self._claims[name] = Claim(now, at_s if fresh else before.since_s)
        if self._claims.get(name) != before:
            settles_s = at_s + SETTLE_S
            self._due_s = settles_s if self._due_s is None else min(self._due_s, settles_s)

    def settle(self, at_s: float) -> Settled | None:
        """What plays at `at_s`, if that is something else than what was said last."""
        if self._due_s is None or at_s < self._due_s:
            return None
        self._present = believed(self._claims, present=self._present, at_s=at_s)
        self._due_s = self._next_look_s(at_s)
        now = self._claims[self._present].now if self._present else NowPlaying()
        if now == self._said:
            return None
        self._said = now
        changed = now.playing and now.track != self._counted
        if changed:
            self._counted = now.track
        return Settled(now, changed)

    def _next_look_s(self, at_s: float) -> float | None:
        """When the next player that now has to wait has waited long enough."""
        waits = [
            claim.since_s + HOLD_S
            for name, claim in self._claims.items()
            if name != self._present and claim.now.playing and claim.since_s + HOLD_S > at_s
        ]
        return min(waits, default=None)
