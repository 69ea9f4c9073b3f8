"""Windows: it stays awake for a thread that says so, and tells whether animations are wanted."""

import ctypes
from typing import Any, Final

CONTINUOUS: Final = 0x80000000
SYSTEM: Final = 0x00000001
DISPLAY: Final = 0x00000002
CLIENT_AREA_ANIMATION: Final = 0x1042


class WindowsDesktop:
    """Windows takes back what the calling thread asked when that thread ends.

    Sources: SetThreadExecutionState and SystemParametersInfo in the Windows API.
    """

    def __init__(self) -> None:
        self._windows: Any = getattr(ctypes, "windll", None)  # there on Windows alone

    def hold(self) -> bool:
        return bool(self._windows.kernel32.SetThreadExecutionState(CONTINUOUS | SYSTEM | DISPLAY))

    def release(self) -> None:
        self._windows.kernel32.SetThreadExecutionState(CONTINUOUS)

    def reduced_motion(self) -> bool | None:
        animates = ctypes.c_int(1)
        known = self._windows.user32.SystemParametersInfoW(
            CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0
        )
        return not animates.value if known else None

    def close(self) -> None:
        self.release()
