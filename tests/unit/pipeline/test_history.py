from artvis.model.artwork import QueueEntry
from artvis.pipeline.history import REMEMBERED, History


def entry(artwork_id: str) -> QueueEntry:
    return QueueEntry(artwork_id, "", 0, fresh=False, rerun=False)


def hung(*ids: str) -> History:
    history = History()
    for each in ids:
        history.hung(entry(each))
    return history


def anything(_: str) -> bool:
    return True


def walk(history: History, keys: str) -> str:
    """Where each key leads: < is Left, > is Right, '.' where it leads nowhere."""
    steps = [(history.back if key == "<" else history.forward)(anything) for key in keys]
    return "".join(step.id if step else "." for step in steps)


def test_left_goes_back_as_often_as_it_is_pressed_and_right_forward_again() -> None:
    assert walk(hung("a", "b", "c", "d"), "<<<<>>>>") == "cba.bcd."


def test_what_a_person_walked_to_hangs_where_it_hung() -> None:
    history = hung("a", "b", "c")
    assert walk(history, "<") == "b"
    history.hung(entry("b"))
    assert walk(history, "<>>>") == "abc."


def test_after_a_new_picture_left_leads_to_the_one_that_hung_before_it() -> None:
    history = hung("a", "b", "c")
    walk(history, "<")
    history.hung(entry("b"))
    history.hung(entry("new"))
    assert walk(history, "<<<<") == "bca."


def test_a_picture_that_hangs_again_is_in_it_once() -> None:
    assert walk(hung("a", "b", "a", "c"), "<<<") == "ab."


def test_never_again_is_passed_over_until_it_is_taken_back() -> None:
    history = hung("a", "b", "c")
    history.vote("b", -1)
    assert walk(history, "<>") == "ac"
    history.vote("b", 0)
    assert walk(history, "<") == "b"


def test_what_cannot_be_had_any_more_is_passed_over() -> None:
    history = hung("a", "b", "c")
    step = history.back(lambda artwork_id: artwork_id != "b")
    assert step is not None
    assert step.id == "a"


def test_it_remembers_so_many_and_no_more() -> None:
    history = hung(*(str(n) for n in range(REMEMBERED + 20)))
    steps = 0
    while history.back(anything) is not None:
        steps += 1
    assert steps == REMEMBERED - 1
