"""What need not be tried out again, and what must be."""

import os
from pathlib import Path

import pytest

from artvis.pipeline.pasttrials import BELIEVED_S, PastTrials

NOW_S = 1_800_000_000.0


def test_a_cost_is_known_at_the_next_start_for_a_week(tmp_path: Path) -> None:
    path = tmp_path / "scenes.json"
    PastTrials(path, now_s=NOW_S).keep("rain#12345678", 2.1)
    os.utime(path, (NOW_S, NOW_S))
    assert PastTrials(path, now_s=NOW_S + 60).cost("rain#12345678") == 2.1
    assert PastTrials(path, now_s=NOW_S + 60).cost("rain#87654321") is None
    assert PastTrials(path, now_s=NOW_S + BELIEVED_S + 1).cost("rain#12345678") is None
    assert PastTrials(path, now_s=NOW_S - 60).cost("rain#12345678") is None  # a clock that was set back


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": {}}', b"\xff\xfe", b'{"a": null}'])
def test_a_file_that_is_broken_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scenes.json"
    path.write_bytes(content)
    os.utime(path, (NOW_S, NOW_S))
    past = PastTrials(path, now_s=NOW_S)
    assert past.cost("a") is None
    past.keep("a", 1.5)
    os.utime(path, (NOW_S, NOW_S))
    assert PastTrials(path, now_s=NOW_S).cost("a") == 1.5


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    past = PastTrials(tmp_path / "gone" / "scenes.json", now_s=NOW_S)
    past.keep("a", 1.5)
    assert past.cost("a") == 1.5
