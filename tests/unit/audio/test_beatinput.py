import numpy as np
import pytest
from sounds import hops, sine, stereo

from artvis.audio.beatinput import BANDS, INPUTS, NOTES, BeatInput, NoteSpectrum
from artvis.audio.spectrum import ShortSpectrum
from artvis.model.music import Samples


def inputs_of(samples: Samples) -> np.ndarray:
    """Shape (hops, 228)."""
    spectrum, given = ShortSpectrum(), BeatInput()
    return np.stack(
        [given.step(spectrum.step(hop).magnitude, hop, silent=False).copy() for hop in hops(samples)]
    )


def notes_of(hz: float) -> np.ndarray:
    notes = NoteSpectrum()
    return [notes.step(hop) for hop in hops(stereo(sine(hz, 0.5)))][-1]


@pytest.mark.parametrize(("hz", "note"), [(55.0, 5), (110.0, 17), (440.0, 41), (987.8, 55)])
def test_a_tone_is_strongest_at_its_note_counted_from_the_lowest_e(hz: float, note: int) -> None:
    assert notes_of(hz).argmax() == note


def test_what_is_far_above_the_notes_does_not_fold_onto_them() -> None:
    assert notes_of(10_800.0).max() < 0.003 * notes_of(220.0).max()


def test_the_input_is_the_same_at_any_volume() -> None:
    sound = stereo(sine(220, 1.0) + sine(3000, 1.0) * (np.arange(44100) > 20000))
    loud, soft = inputs_of(sound), inputs_of(sound * np.float32(0.01))
    assert loud.shape[1] == INPUTS
    np.testing.assert_allclose(loud[10:], soft[10:], atol=1e-3)


def test_rises_are_there_when_a_tone_begins_and_gone_when_it_goes_on() -> None:
    given = inputs_of(stereo(sine(440, 1.0) * (np.arange(44100) > 22050)))
    rises = given[:, BANDS : 2 * BANDS].sum(axis=1) + given[:, 2 * BANDS + NOTES :].sum(axis=1)
    assert 43 <= rises.argmax() <= 43 + 6
    assert rises[-10:].max() < 0.02 * rises.max()
