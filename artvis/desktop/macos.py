"""macOS: `caffeinate` keeps it awake while this process lives, and `defaults` knows whether less motion is wanted."""

import os
import subprocess
from typing import Final

DEFAULTS: Final = ("/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion")


class MacDesktop:
    """Used by one thread."""

    def __init__(self) -> None:
        self._awake: subprocess.Popen[bytes] | None = None
        self._reduced: bool | None = None

    def hold(self) -> bool:
        if self._awake is not None:
            return True
        command = ["/usr/bin/caffeinate", "-d", "-i", "-w", str(os.getpid())]
        try:
            self._awake = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - only our own id
        except OSError:
            return False
        return True

    def release(self) -> None:
        awake, self._awake = self._awake, None
        if awake is not None:
            awake.terminate()
            awake.wait()

    def reduced_motion(self) -> bool | None:
        """Asked once: it costs a process."""
        if self._reduced is None:
            try:
                said = subprocess.run(  # noqa: S603 - a constant
                    DEFAULTS, capture_output=True, timeout=2.0, check=False
                ).stdout
            except (OSError, subprocess.TimeoutExpired):
                said = b""
            self._reduced = said.strip() == b"1"
        return self._reduced

    def close(self) -> None:
        self.release()
