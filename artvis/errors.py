"""The errors of artvis: faults of the environment, each with a sentence for a person.

    ArtvisError
     ├─ SettingsError         a setting is wrong; the sentence names file and line
     ├─ InputError            a file, id, name or value that was given cannot be used
     ├─ AudioUnavailable      no sound server, no device, no PortAudio
     ├─ GraphicsUnavailable   no display, or OpenGL under 3.3
     ├─ SceneError            a scene file cannot be used; the sentence names file and line
 ├─ ProviderError         an image back end did not give a picture
     └─ StoreError            the library cannot be read or written
         ├─ StoreTooNew       it was written by a newer version
         └─ DiskFull          no room is left for it

Anything else that is raised is a bug, and is never translated into one of these.
"""

from typing import Literal

ProviderFault = Literal[
    "auth",
    "billing",
    "rate",
    "moderation",
    "request",
    "model",
    "busy",
    "timeout",
    "network",
    "server",
    "badimage",
    "cancelled",
]


class ArtvisError(Exception):
    """A fault of the environment; `str(error)` is one sentence that a person can act on."""


class SettingsError(ArtvisError):
    """A setting is unknown or out of range. `key` is its dotted key, '' where the mistake is in no single one."""

    def __init__(self, sentence: str, *, key: str = "") -> None:
        super().__init__(sentence)
        self.key = key


class InputError(ArtvisError):
    """Something that was named or given cannot be used as it is."""


class AudioUnavailable(ArtvisError):
    """There is no sound to listen to."""


class GraphicsUnavailable(ArtvisError):
    """There is no display, or it cannot draw what artvis needs."""


class SceneError(ArtvisError):
    """A scene file cannot be read, compiled or drawn: `ripple.fs:12: undeclared identifier foo`.

    `line` is that of the file, from 1; 0 where it is not known.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}" if line > 0 else f"{file}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class StoreError(ArtvisError):
    """The library cannot be read or written."""


class StoreTooNew(StoreError):
    """The library was written by a newer version of artvis."""


class DiskFull(StoreError):
    """There is no room left on the disk of the library."""


class ProviderError(ArtvisError):
    """An image back end did not give a picture.

    `retry_after_s` is the wait that the back end asked for. `billed` says whether the call may have cost money
    although no picture came of it.
    """

    def __init__(
        self,
        kind: ProviderFault,
        sentence: str,
        *,
        retry_after_s: float | None = None,
        http_status: int | None = None,
        billed: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.retry_after_s = retry_after_s
        self.http_status = http_status
        self.billed = billed
