from artvis.ui.fade import BREATH_LEAST, Fade, breath


def test_a_fade_reaches_one_in_its_time_and_grows_all_the_way() -> None:
    fade = Fade(0.5, 1.0)
    steps = [fade.step(0.05, shown=True) for _ in range(10)]
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    assert 0.0 < steps[0] < 0.2


def test_it_goes_back_in_the_other_time() -> None:
    fade = Fade(0.0, 1.0)
    assert fade.step(0.016, shown=True) == 1.0
    assert 0.4 < fade.step(0.5, shown=False) < 0.6
    assert fade.step(0.5, shown=False) == 0.0


def test_no_time_at_all_means_at_once() -> None:
    fade = Fade(0.0, 0.0)
    assert fade.step(0.001, shown=True) == 1.0
    assert fade.step(0.001, shown=False) == 0.0


def test_breath_goes_between_its_least_and_one() -> None:
    values = [breath(number / 100, still=False) for number in range(200)]
    assert max(values) == 1.0
    assert BREATH_LEAST - 0.02 <= min(values) <= BREATH_LEAST + 0.02


def test_nothing_breathes_where_motion_is_not_wanted() -> None:
    assert {breath(number / 10, still=True) for number in range(20)} == {1.0}
