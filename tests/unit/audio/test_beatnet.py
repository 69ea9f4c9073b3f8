import numpy as np
import pytest
from sounds import hops, noise, placed, snare, stereo

from artvis.audio.beatinput import INPUTS, BeatInput
from artvis.audio.beatnet import DELAY_S, Activation, BeatNetwork, trained_weights
from artvis.audio.spectrum import ShortSpectrum
from artvis.model.music import HOP_S, Samples


def words_for(samples: Samples) -> list[Activation]:
    spectrum, given, network = ShortSpectrum(), BeatInput(), BeatNetwork()
    return [
        network.step(given.step(spectrum.step(hop).magnitude, hop, silent=False)) for hop in hops(samples)
    ]


def logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def test_the_layers_compute_what_gated_recurrent_units_are() -> None:
    rng = np.random.default_rng(2)
    weights = {name: rng.normal(0, 0.2, value.shape) for name, value in trained_weights().items()}
    network = BeatNetwork({name: value.astype(np.float32) for name, value in weights.items()})
    state = {"first": np.zeros(96), "second": np.zeros(64)}
    for given in rng.normal(0, 1, (5, INPUTS)):
        found = network.step(given.astype(np.float32))
        x = np.maximum(weights["front"] @ given + weights["front_bias"], 0)
        for name, past in state.items():
            units = len(past)
            fed = weights[f"{name}_in"] @ x + weights[f"{name}_bias"]
            back = weights[f"{name}_back"] @ past
            keep, reset = logistic(fed[: 2 * units] + back[: 2 * units]).reshape(2, units)
            new = np.tanh(fed[2 * units :] + reset * (back[2 * units :] + weights[f"{name}_back_bias"]))
            x = state[name] = keep * past + (1 - keep) * new
        words = weights["out"] @ np.concatenate([*state.values()]) + weights["out_bias"]
        beat, downbeat, onset = logistic(words[:3])
        np.testing.assert_allclose(found.tempo, words[3:], atol=1e-4)
        assert (found.beat, found.onset) == pytest.approx((beat, onset), abs=1e-4)
        assert found.downbeat == pytest.approx(min(beat, downbeat), abs=1e-4)


def test_an_onset_is_heard_four_hops_after_it() -> None:
    words = words_for(stereo(placed(3.0, [1.0, 2.0], snare) + noise(3.0, 1e-4)))
    onsets = np.array([word.onset for word in words])
    for moment_s in (1.0, 2.0):
        near = slice(round(moment_s / HOP_S), round((moment_s + 0.1) / HOP_S))
        peak_s = (near.start + onsets[near].argmax() + 1) * HOP_S
        assert onsets[near].max() > 0.5
        assert peak_s - DELAY_S == pytest.approx(moment_s, abs=1.5 * HOP_S)


def test_silence_is_no_beat_and_no_onset() -> None:
    words = words_for(np.zeros((3 * 44100, 2), np.float32))[20:]
    assert max(word.beat for word in words) < 0.1
    assert max(word.onset for word in words) < 0.1
