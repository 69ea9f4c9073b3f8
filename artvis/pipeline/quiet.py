"""Says in words that no music is heard, soon after a source is opened and when silence lasts, and when that is over.

Pure: times and states are handed in. A source that breaks off is said by the source itself.
"""

from dataclasses import replace
from typing import Final

from artvis.audio.levels import SILENCE_LUFS, VERY_QUIET_LUFS
from artvis.audio.source import SourceKind
from artvis.model.music import MusicState
from artvis.model.notice import Notice

FIRST_AFTER_S: Final = 2.0
"""With the time in which a window comes up, 0.5 to 1 s, the sentence stands within 3 s."""
AGAIN_AFTER_S: Final = 20.0
"""Longer than any pause between two songs."""
CODE: Final = "no-signal"
OVER: Final = Notice("info", CODE, "", over=True)
OTHER: Final = "Press A for another source."


class QuietWatch:
    """One for each source that is opened."""

    def __init__(self, kind: SourceKind, opened_s: float, *, can_choose: bool = True) -> None:
        """`can_choose`: key A opens the list of sources here."""
        self._kind = kind
        self._can_choose = can_choose
        self._quiet_since_s = opened_s
        self._loudest_lufs = -120.0
        self._wait_s = FIRST_AFTER_S
        self._said = False
        self._excused = False

    def excuse(self) -> None:
        """The source has said itself why nothing comes: once is enough."""
        self._excused = True

    def step(self, now_s: float, state: MusicState | None, title: str) -> Notice | None:
        """What is to be said now, if anything. `state` is the newest of this source, None while nothing has come."""
        if self._kind in ("file", "demo"):
            return None
        if state is not None and not self._is_quiet(state):
            return self._hears(now_s)
        if state is not None:
            self._loudest_lufs = max(self._loudest_lufs, state.lufs)
        if self._said or (state is None and self._excused) or now_s - self._quiet_since_s < self._wait_s:
            return None
        self._said = True
        notice = _sentence(state, self._loudest_lufs, title, self._kind)
        return replace(notice, action=self._whole(notice.action), answer=self._is_new)

    def _is_quiet(self, state: MusicState) -> bool:
        """Music may become very quiet later; in the beginning that is worth a word."""
        return state.silent or (self._is_new and state.lufs < VERY_QUIET_LUFS)

    @property
    def _is_new(self) -> bool:
        """No music has been heard of it. Who has just chosen it wants to know, be it the second in a minute."""
        return self._wait_s == FIRST_AFTER_S

    def _whole(self, action: str) -> str:
        return f"{action} {OTHER}".strip() if self._can_choose else action

    def _hears(self, now_s: float) -> Notice | None:
        said, self._said = self._said, False
        self._quiet_since_s, self._loudest_lufs, self._wait_s = now_s, -120.0, AGAIN_AFTER_S
        return OVER if said else None


def _sentence(state: MusicState | None, loudest_lufs: float, title: str, kind: SourceKind) -> Notice:
    if state is None:
        text, action = f"No sound arrives from {title}.", "artvis keeps trying."
    elif loudest_lufs < SILENCE_LUFS:
        text = f"{title} is silent."
        action = "It may be muted." if kind == "mic" else "Play some music on this computer."
    elif state.silent:
        text, action = f"Only noise comes from {title}, no music.", "It may be the wrong one."
    else:
        text = f"{title} is very quiet: {loudest_lufs:.0f} LUFS."
        action = "Turn it up where it is played."
    return Notice("info", CODE, text, action)
