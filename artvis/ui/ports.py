"""What the window needs of a show, as types; who fulfils them is decided where the program is put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Protocol

from artvis.control.telling import Desk
from artvis.model.artwork import Picture, Pixels
from artvis.model.command import Command, ListMove
from artvis.model.notice import Notice
from artvis.pipeline.overlay import OverlayState
from artvis.scene.flashguard import FlashRecord
from artvis.scene.isf.document import StagedScene
from artvis.scene.uniforms import Uniforms
from artvis.ui.monitors import Wanted


class StageFrame(Protocol):
    """Everything about one video frame."""

    @property
    def uniforms(self) -> Uniforms: ...
    @property
    def wanted(self) -> Sequence[Picture]:
        """Pictures that the engine should hold; those that it holds already may be left out."""

    @property
    def overlay(self) -> OverlayState: ...
    @property
    def scenes(self) -> Sequence[StagedScene]:
        """Scenes and transitions that the engine should have, most urgent first."""


class Show(Protocol):
    """The show behind the window. Both methods are called on the GUI thread and never block."""

    def tick(
        self,
        now_s: float,
        dt_s: float,
        *,
        held: frozenset[str],
        playable: frozenset[str] = frozenset(),
        cost_limit: float = inf,
    ) -> StageFrame:
        """What is to be drawn at `now_s` (monotonic); `held` are the pictures that can be drawn now.

        `playable` are the keys of the scenes and transitions that can be drawn; a scene dearer than `cost_limit`, as a
        multiple of the plainest one, has no room.
        """

    def command(self, command: Command, *, at_s: float | None = None) -> str:
        """Carries out what a key asks and returns the short answer to show.

        `at_s` (monotonic) is when it was asked; None: now.
        """


class Chooser(Protocol):
    """A list over the show; while it is open, arrows and Enter are its own. All on the GUI thread, never blocking."""

    @property
    def is_open(self) -> bool: ...
    def press(self, move: ListMove) -> str:
        """Carries out a key and returns the short answer to show, or ''."""

    def point_at(self, source_id: str) -> None: ...


def _nothing() -> None:
    """For the parts of a show that have nothing to do then."""


def _ignored(_: bool) -> None:  # noqa: FBT001 - a callback has no names
    """For a show that does not care whether it is seen."""


def _untimed(_: float) -> None:
    """For a show that does not care how long a frame takes."""


def _alone(_: Desk) -> None:
    """For a show that nobody else tells what to do."""


def _unsaid(_: Notice) -> None:
    """For a show that reports nothing."""


def _unheard(_: str) -> None:
    """For a show that has no use for a name or a sentence."""


@dataclass(frozen=True, slots=True)
class ShowParts:
    """A show and the moments at which it is told of its window. All are called on the GUI thread."""

    show: Show
    built_in: Pixels | None = None
    """What is drawn before any artwork, shape (height, width, 3); None lets the engine make it, in 40 ms."""
    flashes: FlashRecord = field(default_factory=FlashRecord)
    """Whether the flash guard is on; what it does is written there."""
    after_first_frame: Callable[[], None] = _nothing
    """Once, when the first frame is on the screen: everything slow starts here."""
    take_orders: Callable[[Desk], None] = _alone
    """Once, after that: by this desk other threads tell the window what to do, until `stop`."""
    frame_shown: Callable[[], None] = _nothing
    """After each frame that reached the screen: the pulse that a watchdog looks at."""
    frame_took: Callable[[float], None] = _untimed
    """With each of these frames: the seconds from its tick until it is lit, as far as that can be known."""
    tell: Callable[[Notice], None] = _unsaid
    """Something that the window has to say: the show puts it on the picture and into its report."""
    hidden: Callable[[bool], None] = _ignored
    """True when nobody can see the window any more, False with its first frame after that."""
    reduced_motion: Callable[[], bool] = bool
    """Whether people asked the system for less motion."""
    monitor_away: Callable[[str], None] = _unheard
    """A sentence for whoever started the show: its monitor is not there, so nothing can be seen."""
    monitor_chosen: Callable[[str], None] = _unheard
    """The name of the monitor that a person has just chosen."""
    chooser: Chooser | None = None
    """The list of sources, opened by its command; None where there is none."""
    stop: Callable[[], None] = _nothing
    """Once, after the last tick and before the graphics go."""


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window opens and when it leaves."""

    size: tuple[int, int] = (1280, 720)
    fullscreen: bool = False
    screen: Wanted | None = None
    """The monitor, which is waited for; None: where the system puts the window."""
    kiosk: bool = False
    kiosk_keys: tuple[str, ...] = ()
    """Commands that keys may give in kiosk mode, by name."""
    clean: bool = False
    """No overlay and no cursor at all."""
    fps: int | None = 60
    """None: as fast as it goes, for measuring."""
    scale: float | None = None
    """Pins the render scale; None: as fast as the machine allows."""
    seconds: float | None = None
    """Leaves by itself after this time; None: never."""
    title: str = "artvis"
    qml_cache: Path | None = None
    """Where Qt may keep its compiled overlay between starts; None: where Qt likes to."""
