"""The types of `run_artvis`, the fixture that runs the command line in a process of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ran:
    rc: int
    stdout: str
    stderr: str


class RunArtvis(Protocol):
    def __call__(
        self, *words: str | Path, env: Mapping[str, str] | None = None, timeout: float = 60
    ) -> Ran: ...
