from dataclasses import replace

from artvis.audio.mood import LiveMood, MoodFacts, arousal, valence
from artvis.model.music import HOP_S

CALM = MoodFacts(lufs=-28, onset_rate_hz=1.0, bpm=70, centroid_hz=700, minor_lean=0.0, noise=0.0, pulse=0.5)
WILD = MoodFacts(lufs=-9, onset_rate_hz=8.0, bpm=165, centroid_hz=3500, minor_lean=0.0, noise=0.2, pulse=0.9)


def test_loud_fast_bright_music_excites_and_soft_slow_music_calms() -> None:
    assert arousal(CALM) < 0.3
    assert arousal(WILD) > 0.85


def test_each_of_loudness_density_tempo_pulse_and_brightness_raises_arousal() -> None:
    for more in (
        {"lufs": -20.0},
        {"onset_rate_hz": 4.0},
        {"bpm": 120.0},
        {"centroid_hz": 2000.0},
        {"pulse": 0.9},
    ):
        assert arousal(replace(CALM, **more)) > arousal(CALM)


def test_minor_is_sadder_than_major_and_noise_is_not_happy() -> None:
    assert valence(replace(CALM, minor_lean=-1.0)) > valence(CALM) > valence(replace(CALM, minor_lean=1.0))
    assert valence(replace(CALM, noise=1.0)) < valence(CALM)


def test_values_stay_within_0_and_1_whatever_is_heard() -> None:
    for extreme in (-1e3, 0.0, 1e6):
        facts = MoodFacts(extreme, extreme, abs(extreme), extreme, max(-1, min(1, extreme)), 0.5)
        assert 0 <= arousal(facts) <= 1
        assert 0 <= valence(facts) <= 1


def test_a_deep_result_pulls_the_mood_over_and_then_lets_go() -> None:
    mood = LiveMood()
    for _ in range(3000):
        mood.step(CALM, HOP_S)
    alone = mood.arousal
    mood.hint(0.5, 1.0)
    mood.step(CALM, HOP_S)
    assert abs(mood.arousal - alone) < 0.01  # it leans, and does not jump
    for _ in range(1500):
        mood.step(CALM, HOP_S)
    assert mood.arousal > alone + 0.3
    for _ in range(6000):
        mood.step(CALM, HOP_S)
    assert abs(mood.arousal - alone) < 0.05


def test_three_seconds_of_music_are_enough_for_a_sensible_arousal() -> None:
    for facts, low, high in ((CALM, 0.0, 0.3), (WILD, 0.75, 1.0)):
        mood = LiveMood()
        for _ in range(round(3.0 / HOP_S)):
            mood.step(facts, HOP_S)
        assert low <= mood.arousal <= high


def test_a_new_track_is_not_judged_by_the_one_before() -> None:
    mood = LiveMood()
    for _ in range(3000):
        mood.step(WILD, HOP_S)
    mood.hint(0.9, 1.0)
    mood.forget()
    for _ in range(round(4.0 / HOP_S)):
        mood.step(CALM, HOP_S)
    assert mood.arousal < 0.35


def test_drums_that_the_deep_listener_hears_excite() -> None:
    assert arousal(replace(CALM, percussion=0.5)) > arousal(replace(CALM, percussion=0.0))
