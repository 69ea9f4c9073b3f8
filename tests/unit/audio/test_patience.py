import numpy as np
from sounds import hops, noise, stereo

from artvis.audio.deepresult import DeepResult, DeepWindow
from artvis.audio.hearing import Hearing
from artvis.audio.patience import PatientHearing, in_hops
from artvis.model.music import Mood, MusicEvent

DUE_S = (10.0, 18.0)  # no hop ends there, so that a mood with this moment is the deep listener's


class SlowListener:
    """A deep listener that answers when it is waited for, or died."""

    def __init__(self, *, dead: bool = False) -> None:
        self.dead = dead
        self.windows: list[float] = []

    def submit(self, window: DeepWindow) -> None:
        self.windows.append(window.end_s)

    def wait(self, timeout_s: float) -> DeepResult | None:
        return None if self.dead else DeepResult(self.windows[-1], 0.111, 0.9, "C major", 0.9, "A", None)


def events_with(listener: SlowListener, duration_s: float) -> list[MusicEvent]:
    hearing, events = PatientHearing(Hearing(deep=True), deep=listener), []
    for hop in hops(stereo(noise(duration_s, 0.1))):
        events += hearing.before()
        events += hearing.feed(hop)[1]
        hearing.after()
    return events


def test_a_deep_result_counts_2_s_after_its_window_to_the_sample() -> None:
    events = events_with(SlowListener(), 11.0)
    assert [event.t_s for event in events if isinstance(event, Mood) and event.t_s in DUE_S] == [10.0]
    assert [event.t_s for event in events] == sorted(event.t_s for event in events)


def test_a_result_that_is_due_after_the_end_is_not_told() -> None:
    listener = SlowListener()
    events = events_with(listener, 9.0)
    assert listener.windows == [8.0]
    assert not [event for event in events if isinstance(event, Mood) and event.t_s in DUE_S]


def test_a_listener_that_died_costs_its_result_and_nothing_else() -> None:
    alive = [event for event in events_with(SlowListener(), 9.9) if not isinstance(event, Mood)]
    dead = [event for event in events_with(SlowListener(dead=True), 9.9) if not isinstance(event, Mood)]
    assert alive == dead


def test_blocks_of_any_size_are_cut_into_the_same_hops() -> None:
    samples = stereo(noise(0.3, 0.1))
    for size in (1, 100, 512, 1000, 5000):
        blocks = [samples[start : start + size] for start in range(0, len(samples), size)]
        cut = list(in_hops(blocks))
        assert all(hop.shape == (512, 2) for hop in cut)
        assert np.array_equal(np.concatenate(cut), samples[: len(samples) // 512 * 512])
