import numpy as np
import pytest
from sounds import Mono, cadence, heard, noise, stereo

from artvis.audio.key import KeyFinder, best_key
from artvis.model.music import Key

C_MAJOR = [(48, 60, 64, 67), (53, 60, 65, 69), (55, 59, 62, 67), (48, 60, 64, 67)]
A_MINOR = [(45, 57, 60, 64), (50, 57, 62, 65), (52, 56, 59, 64), (45, 57, 60, 64)]


def key_of(sound: Mono) -> tuple[str, float]:
    state = heard(stereo(sound))[0][-1]
    return state.key, state.key_confidence


@pytest.mark.parametrize(
    ("chords", "up", "key"),
    [(C_MAJOR, 0, "C major"), (C_MAJOR, 2, "D major"), (A_MINOR, 0, "A minor"), (A_MINOR, 6, "D# minor")],
)
def test_a_cadence_has_its_key(chords: list[tuple[int, ...]], up: int, key: str) -> None:
    moved = [tuple(note + up for note in chord) for chord in chords]
    found, confidence = key_of(cadence(moved, 12.0))
    assert found == key
    assert confidence > 0.3


def test_noise_gives_no_confidence_in_any_key() -> None:
    assert key_of(noise(10.0, 0.1))[1] < 0.1


def test_a_key_is_told_again_only_when_it_or_its_confidence_changes() -> None:
    events = [event for event in heard(stereo(cadence(C_MAJOR, 14.0)))[1] if isinstance(event, Key)]
    assert 1 <= len(events) <= 8
    assert events[0].t_s < 5


def test_a_recording_that_is_a_quarter_tone_off_keeps_its_key() -> None:
    sound = cadence(C_MAJOR, 12.0)
    faster = sound[(np.arange(int(len(sound) / 1.014)) * 1.014).astype(int)]
    assert key_of(faster)[0] == "C major"


def test_one_chroma_of_a_triad_names_its_key_and_mode() -> None:
    major = np.zeros(12)
    major[[0, 4, 7]] = 1
    minor = np.zeros(12)
    minor[[9, 0, 4]] = 1
    of_major, of_minor = (best_key(chroma[None], chroma[None]) for chroma in (major, minor))
    assert (of_major[0], of_minor[0]) == ("C major", "A minor")
    assert of_major[2] < 0 < of_minor[2]


# C major as well as A minor, by pitch class from C.
UNSURE = np.array([1.0, 0.01, 0.5, 0.01, 1.0, 0.5, 0.01, 0.9, 0.01, 0.9, 0.01, 0.4])


def go_on(finder: KeyFinder, steps: int) -> KeyFinder:
    """The finder after the same notes for 0.09 s a step."""
    chroma = (UNSURE / UNSURE.sum()).astype(np.float32)
    for _ in range(steps):
        finder.step(chroma, chroma)
    return finder


def test_a_second_opinion_tips_what_is_open_and_fades() -> None:
    finder = go_on(KeyFinder(), 60)
    assert finder.key == "C major"
    finder.second_opinion("A minor", 0.95)
    assert go_on(finder, 1).key == "A minor"
    go_on(finder, 1500)
    assert finder.key == "C major"


def test_a_second_opinion_that_agrees_makes_surer() -> None:
    alone, backed = go_on(KeyFinder(), 60), go_on(KeyFinder(), 59)
    backed.second_opinion(alone.key, 0.8)
    assert go_on(backed, 1).confidence > alone.confidence + 0.02


def test_notes_of_no_length_have_no_key() -> None:
    rng = np.random.default_rng(0)
    finder = KeyFinder()
    for _ in range(200):
        finder.step(
            rng.dirichlet(np.full(12, 0.3)).astype(np.float32), rng.dirichlet(np.ones(12)).astype(np.float32)
        )
    assert finder.key == ""
    assert finder.confidence < 0.2
