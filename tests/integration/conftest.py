"""What tests of whole programs share: shows in real windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from showrun import Shows


@pytest.fixture
def shows(tmp_path: Path, artvis_home: Path, display: dict[str, str]) -> Iterator[Shows]:
    """`shows.start("--source", "demo", seconds=6)`: shows in one home; what still runs is ended."""
    made = Shows(tmp_path, {**display, "ARTVIS_HOME": str(artvis_home)})
    yield made
    made.end_all()
