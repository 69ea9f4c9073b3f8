"""How a run of the show ended, and whether the next one had better draw in software.

It starts and watches nothing.
"""

import signal
from collections.abc import Mapping
from dataclasses import dataclass

HEALTHY_S = (
    60.0  # a show that ran so long begins again at the first wait, and with the driver of the graphics
)
NO_GRAPHICS = 3
"""The exit code by which a show tells its watchdog that the graphics are refused or lost; 2 is for all else."""
CRASHES = frozenset(
    int(number)
    for number in signal.Signals
    if number.name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE")
)
CRASHES_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """How one run of the show ended. `code` is None when its frames stopped and it was ended from here.

    `problem`: it could not even be started.
    """

    code: int | None
    ran_s: float
    problem: str = ""

    @property
    def was_healthy(self) -> bool:
        return self.ran_s >= HEALTHY_S


class Drawing:
    """Who draws the next run: the driver, or Mesa's own software, which needs none.

    Software takes over when a run ends early for want of graphics, or three in a row crash early, as a broken driver
    makes them. After a healthy run the driver is tried again.
    """

    def __init__(self) -> None:
        self.in_software = False
        self._crashes = 0

    def learn(self, ended: Ended) -> None:
        """From each run that was not left as it should be."""
        if ended.was_healthy:
            self.in_software = False
            self._crashes = 0
            return
        crashed = ended.code is not None and -ended.code in CRASHES
        self._crashes = self._crashes + 1 if crashed else 0
        if ended.code == NO_GRAPHICS or self._crashes >= CRASHES_ENOUGH:
            self.in_software = True

    def environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """`environ` as the next run gets it."""
        if not self.in_software:
            return dict(environ)
        drivers = ("MESA_GL_VERSION_OVERRIDE", "MESA_LOADER_DRIVER_OVERRIDE", "GALLIUM_DRIVER")
        kept = {name: value for name, value in environ.items() if name not in drivers}
        return {**kept, "LIBGL_ALWAYS_SOFTWARE": "1"}
