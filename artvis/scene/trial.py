"""What is tried out before a scene comes on the stage: how long it may take, and what became of it.

It tries nothing out: a process of its own does (`render.rehearsal`), of which `pipeline.rehearsing` takes care.
"""

from dataclasses import dataclass
from typing import Final

READY: Final = "ready"
"""What it says once it can draw; anything else is the sentence that says why it cannot."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a scene may take, in seconds of processor time; three times as long by the clock."""

    compile_s: float = 15.0
    draw_s: float = 3.0
    memory_bytes: int = 3 << 30
    """Beside what the driver took to start."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the process says between the two halves of a trial."""

    draw_s: float
    """The time that it may take to draw: the first frame of each kind may cost as much again as compiling did."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one scene."""

    fault: str = ""
    """Why it cannot be shown, or ''."""
    file: str = ""
    """The name of the file that is at fault; '': the scene's own."""
    line: int = 0
    """Of that file; 0: not known."""
    hung: bool = False
    """It was ended because it took too long."""
    cost: float = 1.0
    """A frame of it, as a multiple of the plainest scene's."""
    flat: bool = False
    """All that was drawn was one colour."""
