import numpy as np
import pytest

from artvis.model.music import MusicState
from artvis.scene.state import SceneState, advance, beat_pulse, follow

DT_S = 1 / 100


def after(
    seconds: float, music: MusicState, state: SceneState | None = None, *, blackout: bool = False
) -> SceneState:
    state = state or SceneState()
    for _ in range(round(seconds / DT_S)):
        state = advance(state, music, dt_s=DT_S, motion=0.5, blackout=blackout)
    return state


LOUD = MusicState(silent=False, level=0.9, bass=1.0, mid=0.8, treble=0.6, bpm=120, confidence=0.9)


def test_a_band_rises_within_30_ms_and_falls_within_300_ms() -> None:
    risen = after(0.03, LOUD)
    assert risen.bass == pytest.approx(0.9, abs=0.01)
    full = after(1.0, LOUD)
    assert after(0.3, MusicState(), full).bass == pytest.approx(0.1, abs=0.01)
    assert after(0.03, MusicState(), full).bass > 0.75


def test_the_way_up_does_not_depend_on_the_frame_rate() -> None:
    once = follow(0.0, 1.0, dt_s=0.02)
    twice = follow(follow(0.0, 1.0, dt_s=0.01), 1.0, dt_s=0.01)
    assert once == pytest.approx(twice)


def test_silence_brings_everything_to_rest_but_the_slow_drift() -> None:
    rest = after(8.0, MusicState(silent=True, bass=1.0, level=0.5), after(1.0, LOUD))
    assert max(rest.bass, rest.mid, rest.treble, rest.energy, beat_pulse(rest)) < 1e-3
    assert rest.bars.shown.max() < 1e-3
    assert rest.motion_s > 0


def test_a_beat_pulses_up_in_30_ms_and_is_gone_after_330_ms() -> None:
    state = advance(after(1.0, LOUD), MusicState(**fields(LOUD, beat_count=1)), dt_s=DT_S, motion=0.5)
    music = MusicState(**fields(LOUD, beat_count=1))
    pulses = [beat_pulse(state)]
    for _ in range(40):
        state = advance(state, music, dt_s=DT_S, motion=0.5)
        pulses.append(beat_pulse(state))
    assert pulses[0] == 0.0
    assert int(np.argmax(pulses)) == 3
    assert max(pulses) > 0.9
    assert pulses[34] == 0.0


@pytest.mark.parametrize("change", [{"confidence": 0.2}, {"silent": True}])
def test_a_beat_that_is_not_sure_does_not_pulse(change: dict[str, object]) -> None:
    music = MusicState(**fields(LOUD, beat_count=1, **change))
    assert beat_pulse(after(0.03, music, after(1.0, LOUD))) == 0.0


def test_the_pulse_comes_once_a_beat_not_once_a_frame() -> None:
    assert beat_pulse(after(0.5, MusicState(**fields(LOUD, beat_count=7)))) == 0.0


def test_blackout_takes_150_ms_and_the_light_comes_back_in_half_a_second() -> None:
    assert 0.5 < after(0.10, LOUD, blackout=True).blackout < 0.9
    dark = after(1.5, LOUD, blackout=True)
    assert dark.blackout == 1.0
    assert after(0.4, LOUD, dark).blackout > 0.1
    assert after(0.5, LOUD, dark).blackout == pytest.approx(0.0, abs=0.001)


def test_the_first_frame_of_a_blackout_and_of_the_light_after_it_can_be_seen() -> None:
    assert advance(SceneState(), LOUD, dt_s=1 / 60, motion=0.5, blackout=True).blackout > 0.1
    dark = after(0.3, LOUD, blackout=True)
    assert advance(dark, LOUD, dt_s=1 / 60, motion=0.5).blackout < 0.95


@pytest.mark.parametrize(
    ("dark_frames", "light_frames"), [(1, 1), (1, 11), (1, 17), (2, 12), (2, 19), (5, 12), (10, 20), (15, 15)]
)
def test_nobody_flashes_a_white_wall_more_than_twice_a_second_by_hand(
    dark_frames: int, light_frames: int
) -> None:
    state, fps = SceneState(), 60
    luminance = []
    for frame in range(4 * fps):
        dark = frame % (dark_frames + light_frames) < dark_frames
        state = advance(state, MusicState(), dt_s=1 / fps, motion=0.25, blackout=dark)
        luminance.append((1.0 - state.blackout) ** 2.2)
    turns = opposing_changes(luminance)
    assert max(sum(at <= other < at + fps for other in turns) // 2 for at in turns) <= 2


def opposing_changes(luminance: list[float], least: float = 0.1) -> list[int]:
    """The frames in which the light has turned by `least` or more, down and up in turns."""
    low = high = luminance[0]
    way, turns = 0, []
    for frame, now in enumerate(luminance):
        low, high = min(low, now), max(high, now)
        if way >= 0 and now <= high - least:
            way, low, high = -1, now, now
            turns.append(frame)
        elif way <= 0 and now >= low + least:
            way, low, high = 1, now, now
            turns.append(frame)
    return turns


def test_calm_halves_the_motion_and_begins_with_the_very_next_frame() -> None:
    moving = after(5.0, LOUD)
    first = advance(moving, LOUD, dt_s=DT_S, motion=0.5, calm=True)
    assert first.motion < 0.97 * moving.motion
    calm = first
    for _ in range(100):
        calm = advance(calm, LOUD, dt_s=DT_S, motion=0.5, calm=True)
    assert calm.motion == pytest.approx(0.25, rel=0.01)
    assert calm.motion_s - first.motion_s == pytest.approx(0.25, rel=0.15)


def test_without_pulses_no_beat_is_felt() -> None:
    beat = MusicState(**fields(LOUD, beat_count=1))
    state = advance(after(1.0, LOUD), beat, dt_s=DT_S, motion=0.5, pulses=False)
    state = advance(state, beat, dt_s=DT_S, motion=0.5, pulses=False)
    assert (beat_pulse(state), state.beat_count) == (0.0, 1)


def test_violent_music_glows_more_than_calm_music_of_the_same_loudness() -> None:
    calm, violent = (after(2.0, MusicState(**fields(LOUD, arousal=arousal))).energy for arousal in (0.1, 0.9))
    assert violent > 1.3 * calm > 0


def test_loud_music_drives_the_clock_of_motion_faster() -> None:
    slow = advance(SceneState(), LOUD, dt_s=1.0, motion=0.1)
    fast = advance(SceneState(), LOUD, dt_s=1.0, motion=1.0)
    assert fast.motion_s > 2 * slow.motion_s


def fields(music: MusicState, **changes: object) -> dict[str, object]:
    return {name: getattr(music, name) for name in music.__dataclass_fields__} | changes
