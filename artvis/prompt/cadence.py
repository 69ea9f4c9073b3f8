"""When to paint: one decision from what is known now.

It says only whether; who paints, and whether the purse allows it, is asked elsewhere.
"""

from dataclasses import dataclass
from typing import Final

PAID_GAP_S: Final = 60.0
OFFLINE_GAP_S: Final = 8.0
HIDDEN_OFFLINE_GAP_S: Final = 60.0
"""A hidden window still gets a picture ready, one and no more, and leaves the machine to others."""
SILENCE_PAUSES_PAID_S: Final = 20.0
MOOD_CHANGE: Final = 0.25
"""Distance in the square of valence and arousal, each 0..1, from which the mood counts as another one."""
FRESH_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class CadenceFacts:
    """All that the decision rests on. Times are seconds of one clock."""

    now_s: float
    last_painted_s: float | None = None
    """When the last painting by this kind of back end was begun, or None: none yet since the start."""
    paid: bool = False
    silent_for_s: float = 0.0
    unseen_fresh_ahead: int = 0
    track_changed: bool = False
    section_changed: bool = False
    mood_change: float = 0.0
    """How far the mood has moved since the last painting."""
    asked: bool = False
    """A person pressed the key."""
    in_flight: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to paint now, and why; the reason stands on the card 'why this picture'."""

    paint: bool
    reason: str


def decide(facts: CadenceFacts) -> Decision:
    """Paint or wait. The order of the rules is the order of their strength."""
    if facts.asked and not facts.in_flight:
        return Decision(paint=True, reason="you asked for it")
    hindrance = _hindrance(facts)
    if hindrance is not None:
        return Decision(paint=False, reason=hindrance)
    occasion = _occasion(facts)
    if occasion is None:
        return Decision(paint=False, reason="enough unseen pictures are ahead")
    return Decision(paint=True, reason=occasion)


def gap_s(*, paid: bool, hidden: bool) -> float:
    """The least time between the beginnings of two paintings that nobody asked for."""
    if paid:
        return PAID_GAP_S
    return HIDDEN_OFFLINE_GAP_S if hidden else OFFLINE_GAP_S


def _hindrance(facts: CadenceFacts) -> str | None:
    """Why nothing may begin now; offline art goes on in silence."""
    if facts.in_flight:
        return "a picture is being painted"
    if facts.paid and facts.silent_for_s >= SILENCE_PAUSES_PAID_S:
        return "paid pictures pause while it is silent"
    if facts.paid and facts.hidden:
        return "paid pictures pause while the window is hidden"
    if facts.hidden and facts.unseen_fresh_ahead:
        return "an unseen picture is ready for when the window is seen again"
    if facts.last_painted_s is None:
        return None
    wait_s = facts.last_painted_s + gap_s(paid=facts.paid, hidden=facts.hidden) - facts.now_s
    return f"the next one may begin in {wait_s:.0f} s" if wait_s > 0 else None


def _occasion(facts: CadenceFacts) -> str | None:
    if facts.last_painted_s is None:
        return "the show begins"
    if facts.track_changed:
        return "a new track began"
    if facts.section_changed:
        return "a new section began"
    if facts.mood_change >= MOOD_CHANGE:
        return "the mood changed"
    if facts.unseen_fresh_ahead < FRESH_AHEAD:
        return "few unseen pictures are ahead"
    return None
