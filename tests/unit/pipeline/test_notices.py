"""What stands on the screen, for how long, and how often it is said again."""

from artvis.model.notice import Notice
from artvis.pipeline.notices import NoticeBoard


def test_a_notice_stands_for_nine_seconds() -> None:
    board = NoticeBoard()
    notice = Notice("info", "a", "Something happened.")
    board.put(notice, 10.0)
    assert board.standing(18.9) == (notice,)
    assert board.standing(19.1) == ()


def test_the_same_code_is_said_once_a_minute() -> None:
    board = NoticeBoard()
    for second in range(0, 130, 5):
        board.put(Notice("info", "a", f"At {second}."), float(second))
    assert [notice.text for notice in board.all] == ["At 0.", "At 60.", "At 120."]


def test_three_notices_stand_at_most_and_the_newest_is_first() -> None:
    board = NoticeBoard()
    for code in "abcd":
        board.put(Notice("info", code, code), 0.0)
    assert [notice.code for notice in board.standing(1.0)] == ["d", "c", "b"]


def test_a_notice_whose_matter_is_over_is_taken_down_and_nothing_else() -> None:
    board = NoticeBoard()
    other = Notice("info", "b", "Something else.")
    board.put(Notice("info", "a", "Something happened."), 0.0)
    board.put(other, 0.0)
    board.put(Notice("info", "a", "", over=True), 1.0)
    assert board.standing(1.0) == (other,)
    assert [notice.code for notice in board.all] == ["a", "b"]


def test_answers_are_given_however_often_something_is_asked_each_in_place_of_the_last() -> None:
    board = NoticeBoard()
    for second in (0.0, 1.0, 2.0):
        board.put(Notice("warning", "a", f"No, at {second:.0f}.", answer=True), second)
    assert [notice.text for notice in board.standing(2.0)] == ["No, at 2."]
    assert len(board.all) == 3
