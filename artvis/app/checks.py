"""One finding of the command `doctor`, as a value."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    level: Level
    what: str
    means: str
    action: str = ""
