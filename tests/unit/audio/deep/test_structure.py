import numpy as np
import numpy.typing as npt
import pytest

from artvis.audio.deep.structure import SectionMemory

Matrix = npt.NDArray[np.float32]


def features(names: str, seconds_each: int, rate: float = 10.0) -> tuple[Matrix, Matrix]:
    """(timbre, chroma) of sections in a row, each letter its own sound."""
    rng = np.random.default_rng(1)
    timbre_of = {name: rng.uniform(-120, 120, 13) for name in "xyz"}
    chroma_of = {name: rng.dirichlet(np.ones(12)) for name in "xyz"}
    count = int(seconds_each * rate)
    timbre = np.concatenate([np.tile(timbre_of[name][:, None], count) for name in names], axis=1)
    chroma = np.concatenate([np.tile(chroma_of[name][:, None], count) for name in names], axis=1)
    return (timbre + rng.normal(0, 5, timbre.shape)).astype(np.float32), chroma.astype(np.float32)


def section(memory: SectionMemory, names: str, end_s: float) -> tuple[str, float | None]:
    timbre, chroma = features(names, 16)
    return memory.section_now(timbre, chroma, frames_a_second=10.0, end_s=end_s)


def test_the_present_section_begins_where_the_sound_changed() -> None:
    label, began_s = section(SectionMemory(), "xy", 32.0)
    assert label == "A"  # the first that this memory meets
    assert began_s == pytest.approx(16.0, abs=1.0)


def test_music_that_does_not_change_has_no_boundary() -> None:
    assert section(SectionMemory(), "xxx", 48.0) == ("A", None)


def test_what_comes_back_has_its_letter_again() -> None:
    memory = SectionMemory()
    labels = [section(memory, names, 16.0 * len(names))[0] for names in ("x", "xy", "xyx", "yxz", "xzy")]
    assert labels == ["A", "B", "A", "C", "B"]


def test_a_window_of_a_few_seconds_says_nothing() -> None:
    timbre, chroma = features("x", 4)
    assert SectionMemory().section_now(timbre, chroma, frames_a_second=10.0, end_s=4.0) == ("", None)
