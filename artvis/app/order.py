"""What a person asks of a show, as a value; what is not said here is in the settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowOrder:
    """How the show is to run; what is not said here is in the settings."""

    source: str | None = None
    provider: str | None = None
    scene: str | None = None
    """Name or file of the one scene that is played."""
    fullscreen: bool = False
    screen: int | str | None = None
    """The monitor, by number or name."""
    kiosk: bool = False
    clean: bool = False
    size: tuple[int, int] = (1280, 720)
    fps: int | None = 0
    """0: as in the settings; None: as fast as it goes."""
    scale: float | None = None
    seconds: float | None = None
    pulse: int | None = None
    """The descriptor on which a watchdog waits for signs of life."""
    watchdog_pid: int = 0
