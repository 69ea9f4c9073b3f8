"""A track that a player names: key and sections begin anew, the tempo of a mix goes on."""

import numpy as np
import pytest
from sounds import Mono, cadence, drums, hops, sine, stereo

from artvis.audio.hearing import Hearing
from artvis.model.music import HOP_S, MusicEvent, MusicState, Samples, Section

CADENCE = ((60, 64, 67), (65, 69, 72), (67, 71, 74), (60, 64, 67))


def heard(sound: Samples, *, named_s: tuple[float, ...]) -> tuple[list[MusicState], list[MusicEvent]]:
    """As heard, while a player names a new track at these moments."""
    hearing, states, events = Hearing(deep=False), [], []
    waiting = list(named_s)
    for number, hop in enumerate(hops(sound)):
        if waiting and number * HOP_S >= waiting[0]:
            waiting.pop(0)
            hearing.track_changed()
        state, new = hearing.feed(hop)
        states.append(state)
        events.extend(new)
    return states, events


@pytest.fixture
def mix() -> Mono:
    """Drums without a gap; a cadence in C for 12 s, then one in F sharp."""
    beat, _ = drums(126, 22.0)
    keys = [[tuple(note + shift for note in chord) for chord in CADENCE] for shift in (0, 6)]
    return 0.3 * beat + np.concatenate([cadence(keys[0], 12.0), cadence(keys[1], 10.0)])


def at(states: list[MusicState], moment_s: float) -> MusicState:
    return states[round(moment_s / HOP_S)]


def test_in_a_mix_without_a_gap_the_tempo_stays_and_the_key_is_found_anew(mix: Mono) -> None:
    states, events = heard(stereo(mix), named_s=(12.0,))
    before, after = at(states, 11.9), at(states, 12.3)
    assert (before.track_count, after.track_count) == (0, 1)
    assert (before.key, after.key) == ("C major", "")
    assert after.bpm == pytest.approx(126, rel=0.02)
    assert after.confidence > 0.5
    assert after.beat_count > before.beat_count
    assert at(states, 16.0).key == "F# major"
    unnamed, _ = heard(stereo(mix[: 17 * 44100]), named_s=())
    assert at(unnamed, 16.0).key == "C major", "without a name the old key is kept for longer"
    assert after.section_count == before.section_count + 1
    begun = [event for event in events if isinstance(event, Section) and event.t_s > 11.0]
    assert [(event.label, event.time_s == event.t_s) for event in begun] == [("A", True)]


def test_a_track_that_is_heard_and_named_counts_once() -> None:
    """Sound again at 10 s, after 3 s of silence; a player names the track before or after."""
    sound = stereo(np.concatenate([sine(440, 7.0), np.zeros(3 * 44100), sine(660, 1.0)]))
    assert heard(sound, named_s=(8.0,))[0][-1].track_count == 1
    long_after = np.concatenate([sound, stereo(sine(660, 6.0))])
    states, _ = heard(long_after, named_s=(10.6, 16.5))
    assert (at(states, 16.0).track_count, states[-1].track_count) == (1, 2)


def test_what_played_before_the_listening_began_is_no_new_track() -> None:
    states, _ = heard(stereo(sine(440, 8.0)), named_s=(0.6,))
    assert states[-1].track_count == 0


def test_each_skip_counts_however_fast_they_come() -> None:
    states, _ = heard(stereo(sine(440, 12.0)), named_s=(7.0, 8.0, 9.0))
    assert states[-1].track_count == 3
