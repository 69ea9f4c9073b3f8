import numpy as np

from artvis.palette.drama import drama


def test_the_arousal_that_music_really_has_covers_the_whole_range() -> None:
    assert drama(0.2) == 0.0
    assert drama(0.75) == 1.0
    assert 0.3 < drama(0.45) < 0.5


def test_more_arousal_is_never_less_dramatic() -> None:
    assert (np.diff([drama(arousal) for arousal in np.linspace(-1, 2, 300)]) >= 0).all()
