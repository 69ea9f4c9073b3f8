"""A notice: one sentence for a person, shown in the overlay."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Notice:
    severity: Severity
    code: str
    """Stable, kebab-case; the same code is shown at most once a minute, unless it is an answer."""
    text: str
    """One sentence, what happened."""
    action: str = ""
    """What to press or do, or ''."""
    over: bool = False
    """What was said under this code does not hold any more: it is taken off the screen, and nothing put there."""
    answer: bool = False
    """It answers what a person has just done: it is shown however often that is, in place of the last answer."""
