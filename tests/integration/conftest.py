"""What tests of whole programs share: shows in real windows, and live sound."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from capturing import listen, playing, server, tones  # noqa: F401 - fixtures of live sound
from showrun import Shows


@pytest.fixture
def shows(tmp_path: Path, artvis_home: Path, display: dict[str, str]) -> Iterator[Shows]:
    """`shows.start("--source", "demo", seconds=6)`: shows in one home; what still runs is ended."""
    made = Shows(tmp_path, {**display, "ARTVIS_HOME": str(artvis_home)})
    yield made
    made.end_all()
