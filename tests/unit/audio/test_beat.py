import numpy as np
import pytest

from artvis.audio.beat import BarPointer, Pointer
from artvis.audio.beatnet import Activation
from artvis.model.music import HOP_S


def words(period: int, hops: int, *, metre: int = 4, first: int = 0, sure: float = 0.9) -> list[Activation]:
    """A beat each `period` hops, the first at hop `first`, each `metre`th a downbeat."""
    found = []
    for hop in range(hops):
        beat, since = divmod(hop - first, period)
        away = min(since, period - since)
        number = beat if since < period / 2 else beat + 1
        height = float(sure * np.exp(-0.5 * (away / 0.8) ** 2)) + 0.01
        found.append(Activation(height, height * (0.9 if number % metre == 0 else 0.05), height))
    return found


def followed(pointer: BarPointer, heard: list[Activation]) -> Pointer:
    for word in heard:
        pointer.step(word)
    return pointer.now


@pytest.mark.parametrize("period", [26, 43, 57, 90])
def test_the_pointer_finds_period_and_phase(period: int) -> None:
    now = followed(BarPointer(), words(period, 12 * period + 10))
    assert now.period_hops == pytest.approx(period, abs=0.3)
    assert now.phase * period == pytest.approx(9, abs=0.5)
    assert now.mass > 0.8


@pytest.mark.parametrize("metre", [3, 4])
def test_the_place_in_the_bar_is_found_in_bars_of_three_and_of_four(metre: int) -> None:
    pointer = BarPointer()
    heard = words(43, 40 * 43, metre=metre)
    places = []
    for hop, word in enumerate(heard):
        pointer.step(word)
        if hop > 24 * 43 and hop % 43 == 20:
            place = pointer.place()
            assert place.metre == metre
            places.append((hop // 43 % metre, place.beat))
    assert all(truth == found for truth, found in places)


def test_after_a_cut_to_another_tempo_the_new_beat_is_followed_within_ten_beats() -> None:
    pointer = BarPointer()
    followed(pointer, words(43, 900))
    now = followed(pointer, words(34, 10 * 34 + 5, first=11))
    assert now.period_hops == pytest.approx(34, abs=0.6)
    assert now.phase * 34 == pytest.approx((10 * 34 + 4 - 11) % 34, abs=1.5)


def test_a_beat_set_by_hand_stays_though_the_music_has_another_one() -> None:
    pointer = BarPointer()
    followed(pointer, words(43, 20 * 43))
    assert pointer.hold_to(43.0, 0.4, 0)
    now = followed(pointer, words(43, 30 * 43))
    assert now.phase == pytest.approx(0.4, abs=0.06)
    assert pointer.held


def test_a_beat_set_by_hand_is_given_back_to_the_music_when_it_is_let_go() -> None:
    pointer = BarPointer()
    followed(pointer, words(43, 20 * 43))
    pointer.hold_to(43.0, 0.4, 0)
    followed(pointer, words(43, 4 * 43))
    pointer.release()
    now = followed(pointer, words(43, 24 * 43))
    away = (now.phase - 42 / 43 + 0.5) % 1 - 0.5
    assert abs(away) < 0.05


@pytest.mark.parametrize(("fixed", "period"), [(False, 40), (True, 42.2)])
def test_a_beat_set_by_hand_goes_along_with_a_tempo_that_drifts_unless_it_is_fixed(
    *, fixed: bool, period: float
) -> None:
    pointer = BarPointer()
    followed(pointer, words(43, 20 * 43))
    pointer.hold_to(43.0, pointer.now.phase, None, fixed=fixed)
    for slower in (42, 41, 40):
        now = followed(pointer, words(slower, 16 * slower))
    assert now.period_hops == pytest.approx(period, abs=1.0)


def test_the_double_of_a_tempo_is_held_against_the_music() -> None:
    pointer = BarPointer()
    followed(pointer, words(60, 16 * 60))
    assert pointer.scale_to(30.0)
    now = followed(pointer, words(60, 16 * 60))
    assert now.period_hops == pytest.approx(30, abs=0.5)


def test_an_opinion_from_outside_decides_between_a_tempo_and_its_double() -> None:
    found = []
    for bpm in (60.0, 120.0):
        pointer = BarPointer()
        heard = [
            Activation(max(a.beat, 0.15 * b.beat), 0.1, 0.0)
            for a, b in zip(words(86, 2400), words(43, 2400), strict=True)
        ]
        for hop, word in enumerate(heard):
            if hop % 400 == 100:
                pointer.hear_opinion(bpm, 0.9)
            pointer.step(word)
        found.append(60 / (pointer.now.period_hops * HOP_S))
    assert found == [pytest.approx(60, rel=0.03), pytest.approx(120, rel=0.03)]


def test_a_period_that_cannot_be_followed_is_refused() -> None:
    pointer = BarPointer()
    before = pointer.now
    assert not pointer.hold_to(300.0, 0.0, None)
    assert not pointer.scale_to(10.0)
    assert pointer.now == before
    assert not pointer.held


def test_the_belief_of_a_long_noise_stays_a_number() -> None:
    rng = np.random.default_rng(1)
    pointer = BarPointer()
    pointer.hold_to(43.0, 0.0, 0)
    now = followed(pointer, [Activation(float(b), float(b) / 4, 0.0) for b in rng.uniform(0, 1, 4000)])
    assert 0 < now.mass <= 1.001
    assert 0 <= now.phase < 1
