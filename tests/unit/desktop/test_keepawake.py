"""When the machine is kept awake."""

from artvis.desktop.keepawake import KeepAwake


def test_only_a_window_that_is_seen_with_music_keeps_it_awake() -> None:
    awake = KeepAwake()
    assert not awake.step(0.0, seen=True, plays=False)
    assert not awake.step(1.0, seen=False, plays=True)
    assert awake.step(2.0, seen=True, plays=True)


def test_a_minute_of_silence_lets_it_sleep_and_the_next_note_keeps_it_awake() -> None:
    awake = KeepAwake()
    awake.step(0.0, seen=True, plays=True)
    assert awake.step(59.9, seen=True, plays=False)
    assert not awake.step(60.0, seen=True, plays=False)
    assert awake.step(61.0, seen=True, plays=True)


def test_a_hidden_window_lets_it_sleep_at_once() -> None:
    awake = KeepAwake()
    awake.step(0.0, seen=True, plays=True)
    assert not awake.step(0.1, seen=False, plays=True)
    assert awake.step(0.2, seen=True, plays=False)
