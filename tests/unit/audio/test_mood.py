from dataclasses import replace

from artvis.audio.mood import LiveMood, MoodFacts, arousal, valence

CALM = MoodFacts(lufs=-28, onset_rate_hz=1.0, bpm=70, centroid_hz=700, minor_lean=0.0, flatness=0.2)
WILD = MoodFacts(lufs=-9, onset_rate_hz=8.0, bpm=165, centroid_hz=3500, minor_lean=0.0, flatness=0.4)


def test_loud_fast_bright_music_excites_and_soft_slow_music_calms() -> None:
    assert arousal(CALM) < 0.3
    assert arousal(WILD) > 0.85


def test_each_of_loudness_density_tempo_and_brightness_raises_arousal() -> None:
    for more in ({"lufs": -20.0}, {"onset_rate_hz": 4.0}, {"bpm": 120.0}, {"centroid_hz": 2000.0}):
        assert arousal(replace(CALM, **more)) > arousal(CALM)


def test_minor_is_sadder_than_major_and_noise_is_not_happy() -> None:
    assert valence(replace(CALM, minor_lean=-1.0)) > valence(CALM) > valence(replace(CALM, minor_lean=1.0))
    assert valence(replace(CALM, flatness=0.65)) < valence(CALM)


def test_values_stay_within_0_and_1_whatever_is_heard() -> None:
    for extreme in (-1e3, 0.0, 1e6):
        facts = MoodFacts(extreme, extreme, abs(extreme), extreme, max(-1, min(1, extreme)), abs(extreme))
        assert 0 <= arousal(facts) <= 1
        assert 0 <= valence(facts) <= 1


def test_a_deep_result_pulls_the_mood_over_and_then_lets_go() -> None:
    mood = LiveMood()
    for _ in range(3000):
        mood.step(CALM)
    alone = mood.arousal
    mood.hint(0.5, 1.0)
    for _ in range(1500):
        mood.step(CALM)
    assert mood.arousal > alone + 0.3
    for _ in range(6000):
        mood.step(CALM)
    assert abs(mood.arousal - alone) < 0.05
