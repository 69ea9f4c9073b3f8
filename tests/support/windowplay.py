"""Runs a scenario of windowrun.py in a process of its own and brings back what it told."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("windowrun.py")


@dataclass(frozen=True)
class Played:
    rc: int
    told: dict[str, Any]
    stderr: str
    folder: Path


Play = Callable[..., Played]


def command(scenario: str, folder: Path) -> list[str]:
    return [sys.executable, str(RUNNER), scenario, str(folder)]


def told(folder: Path) -> dict[str, Any]:
    file = folder / "told.json"
    return json.loads(file.read_text()) if file.exists() else {}


def play(scenario: str, folder: Path, changes: dict[str, str | None]) -> Played:
    """`changes` of the environment; None takes a variable away."""
    env = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
    done = subprocess.run(
        command(scenario, folder), env=env, capture_output=True, text=True, timeout=120, check=False
    )
    return Played(done.returncode, told(folder), done.stderr, folder)
