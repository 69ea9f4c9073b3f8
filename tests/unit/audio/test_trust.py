import numpy as np

from artvis.audio.beat import Pointer
from artvis.audio.beatnet import TEMPI_BPM, Activation
from artvis.audio.trust import Trust
from artvis.model.music import HOP_S

PERIOD_HOPS = 43
BPM = 60 / (PERIOD_HOPS * HOP_S)
IN_DOUBT = np.zeros(len(TEMPI_BPM), np.float32)
SURE_OF_IT = np.asarray(-30 * np.abs(np.log2(TEMPI_BPM / BPM)), np.float32)


def after(trust: Trust, beats: int, *, strength: float, mass: float = 0.95) -> float:
    """The confidence after so many beats at which the network says `strength`, and knows the tempo if that is high."""
    for hop in range(beats * PERIOD_HOPS):
        away = min(hop % PERIOD_HOPS, PERIOD_HOPS - hop % PERIOD_HOPS)
        word = strength if away <= 1 else 0.01
        pointer = Pointer(hop % PERIOD_HOPS / PERIOD_HOPS, float(PERIOD_HOPS), mass, jumped=False)
        tempo = SURE_OF_IT if strength > 0.5 else IN_DOUBT
        trust.step(pointer, Activation(word, word / 4, 0.0, tempo))
    return trust.confidence


def test_beats_that_the_network_hears_are_trusted_and_those_it_does_not_are_not() -> None:
    assert after(Trust(), 16, strength=0.9) > 0.9
    assert after(Trust(), 16, strength=0.02, mass=0.1) < 0.3


def test_a_beat_that_is_no_longer_heard_is_trusted_less_with_each_that_fails_to_come() -> None:
    trust = Trust()
    sure = after(trust, 16, strength=0.9)
    doubts = [after(trust, 2, strength=0.02, mass=0.6) for _ in range(3)]
    assert sure > doubts[0] > doubts[1] > doubts[2]


def test_silence_ends_all_trust() -> None:
    trust = Trust()
    after(trust, 16, strength=0.9)
    assert trust.trusted
    trust.rest()
    assert (trust.trusted, trust.confidence) == (False, 0.0)
