from artvis.ui.attention import Attention


def test_the_overlay_is_asleep_before_the_show_begins() -> None:
    assert not Attention().awake(0.0)


def test_it_is_awake_for_six_seconds_at_the_start_and_then_sleeps() -> None:
    attention = Attention()
    attention.begin(100.0)
    assert attention.awake(105.9)
    assert not attention.awake(106.1)


def test_a_sign_of_life_wakes_it_for_three_seconds() -> None:
    attention = Attention()
    attention.begin(0.0)
    attention.stir(50.0)
    assert attention.awake(52.9)
    assert not attention.awake(53.1)


def test_a_sign_of_life_in_the_opening_does_not_shorten_it() -> None:
    attention = Attention()
    attention.begin(0.0)
    attention.stir(1.0)
    assert attention.awake(5.9)


def test_beginning_twice_does_not_wake_it_again() -> None:
    attention = Attention()
    attention.begin(0.0)
    attention.begin(60.0)
    assert not attention.awake(60.0)


def test_a_new_picture_is_named_for_five_seconds_and_an_old_one_not_again() -> None:
    attention = Attention()
    attention.title("a", 10.0)
    attention.title("a", 14.0)
    assert attention.names_title(14.9)
    assert not attention.names_title(15.1)
    attention.title("b", 20.0)
    assert attention.names_title(24.9)


def test_an_answer_stays_long_enough_to_be_read() -> None:
    attention = Attention()
    attention.answer(10.0)
    assert attention.answers(11.5)
    assert not attention.answers(12.0)
