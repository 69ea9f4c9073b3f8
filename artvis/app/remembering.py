"""What a person chooses in a running show, written into the settings file for the next one.

What was chosen is decided elsewhere; what is only for this show is not remembered.
"""

import threading
from collections.abc import Callable, Mapping

from artvis import settings as files
from artvis.errors import SettingsError
from artvis.model.notice import Notice
from artvis.paths import Home
from artvis.pipeline.events import Mailbox

STOP_S = 2.0


def remembered(key: str, value: str, home: Home, environ: Mapping[str, str]) -> Notice | None:
    """Writes the choice into the settings file; what a person should know where it will not count."""
    what = key.rpartition(".")[2]
    try:
        files.set_value(home, key, value)
    except SettingsError as error:
        return Notice("warning", f"{what}-forgotten", f"The choice is for this show only: {error}")
    variable = files.variable_of(key)
    if variable in environ:
        text = f"{variable} is set, and decides at the next start."
        return Notice("info", f"{what}-variable", text)
    return None


class Remembering:
    """Remembers what is chosen for one setting, the last of several choices, on a thread that ends with it."""

    def __init__(
        self, key: str, home: Home, environ: Mapping[str, str], tell: Callable[[Notice], None]
    ) -> None:
        self._key, self._home, self._environ = key, home, environ
        self._tell = tell
        self._values: Mailbox[str] = Mailbox()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def choose(self, value: str) -> None:
        """Returns at once: a disk may be slow."""
        self._values.post(value)
        self._thread = threading.Thread(target=self._run, name="remembering", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self._thread.join(STOP_S)

    def _run(self) -> None:
        with self._writing:
            values = self._values.drain()
            notice = remembered(self._key, values[-1], self._home, self._environ) if values else None
        if notice is not None:
            self._tell(notice)
