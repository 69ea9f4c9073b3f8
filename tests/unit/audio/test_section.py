import numpy as np

from artvis.audio.onset import BANDS
from artvis.audio.section import SectionFinder
from artvis.model.music import HOP_S


def labels_of(seconds_of: list[tuple[str, float]]) -> list[tuple[float, str]]:
    """(when, label) of the sections noticed in a row of timbres, each a name and its length."""
    rng = np.random.default_rng(0)
    timbres = {name: rng.uniform(0, 3, BANDS).astype(np.float32) for name in "xyz"}
    finder, t_s, found = SectionFinder(), 0.0, []
    for name, length_s in seconds_of:
        for _ in range(int(length_s / HOP_S)):
            t_s += HOP_S
            label = finder.step(timbres[name] + rng.normal(0, 0.3, BANDS).astype(np.float32))
            if label is not None:
                found.append((t_s, label))
    return found


def test_what_comes_back_has_the_same_letter() -> None:
    found = labels_of([("x", 20), ("y", 20), ("x", 20), ("z", 20)])
    assert [label for _, label in found] == ["A", "B", "A", "C"]


def test_a_section_is_noticed_within_6_s() -> None:
    found = labels_of([("x", 20), ("y", 20)])
    assert 20 < found[1][0] < 26


def test_music_that_stays_as_it_is_has_one_section() -> None:
    assert [label for _, label in labels_of([("x", 60)])] == ["A"]
