import numpy as np
from sounds import heard, noise, placed, sine, snare, stereo

from artvis.model.music import Onset


def test_each_click_is_one_onset_within_30_ms() -> None:
    truth = np.array([0.5, 0.9, 1.2, 1.9, 2.4, 3.0])
    _, events = heard(stereo(placed(3.5, truth, snare) + noise(3.5, 1e-4)))
    found = np.array([event.time_s for event in events if isinstance(event, Onset)])
    near = np.abs(found[:, None] - truth[None]).min(axis=0)
    assert near.max() < 0.030
    assert len(found) <= len(truth) + 2


def test_an_onset_is_told_within_60_ms_and_never_before_it_sounds() -> None:
    _, events = heard(stereo(placed(3.0, [0.5, 1.0, 1.5], snare) + noise(3.0, 1e-4)))
    onsets = [event for event in events if isinstance(event, Onset)]
    assert onsets
    assert all(0 < event.t_s - event.time_s < 0.06 for event in onsets)


def test_a_steady_tone_has_one_onset_at_most() -> None:
    _, events = heard(stereo(sine(440, 4.0)))
    assert sum(isinstance(event, Onset) for event in events) <= 1
