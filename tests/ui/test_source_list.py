"""The list of sources as a person meets it: twenty of them over a bright picture, by keys and by the pointer."""

import numpy as np
import pytest
from PIL import Image
from windowplay import Play

pytestmark = pytest.mark.window

PANEL = (slice(130, 590), slice(330, 950))
"""Inside the list, in pixels of a screen of 1280x720."""


def test_key_a_opens_the_list_within_a_few_frames_and_its_meters_move(play: Play) -> None:
    played = play("sources")
    assert played.rc == 0, played.stderr
    assert played.stderr == ""
    assert played.told["frames_to_open"] <= 6
    levels = np.array(played.told["levels"])
    assert levels.shape == (3, 20)
    assert (levels[:, 18] == -1.0).all(), "the one on Bluetooth is not opened"
    moved = np.abs(np.diff(levels, axis=0)).max(axis=0)
    assert (np.delete(moved, [18, 19]) > 0.0).all()


def test_the_list_can_be_read_over_a_bright_picture(play: Play) -> None:
    photo = np.asarray(Image.open(play("sources").folder / "list.png").convert("L"))
    panel = photo[PANEL]
    assert np.median(panel) < 48
    assert (panel > 200).mean() > 0.002, "words"


def test_the_mark_is_in_sight_at_the_end_of_a_long_list(play: Play) -> None:
    played = play("sources")
    assert played.told["marked_at_end"] == 19
    first, last = (
        np.asarray(Image.open(played.folder / f"{name}.png").convert("L")) for name in ("list", "end")
    )
    row = slice(180, 228), slice(370, 700)
    assert first[row].mean() > last[row].mean() + 5, "the mark has left the first line"
    assert played.told["mark_in_sight"]


def test_arrows_and_enter_belong_to_the_open_list_and_not_to_the_picture(play: Play) -> None:
    told = play("sources").told
    assert set(told["commands"]) == {"sources"}
    assert told["chosen"][0] == "demo"
    assert told["open_after_enter"] is False


def test_a_click_chooses_the_row_below_the_pointer_and_never_fills_the_screen(play: Play) -> None:
    told = play("sources").told
    assert told["marked_by_pointer"] == 2
    assert told["chosen"][1:] == ["system:2"]
    assert not told["full_after_clicks"]


def test_escape_closes_the_list_before_it_leaves_full_screen_and_help_takes_its_place(play: Play) -> None:
    told = play("sources").told
    assert told["esc"] == [True, False]
    assert told["help"] == [1.0, False]


def test_a_clean_window_and_a_kiosk_that_is_not_told_to_open_no_list(play: Play) -> None:
    assert "sources" not in play("clean").told["commands"]
    assert "sources" not in play("kiosk").told["commands"]
