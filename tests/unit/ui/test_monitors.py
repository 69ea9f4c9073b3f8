"""Which monitor is meant."""

from artvis.ui.monitors import away_sentence, distinct, found

NAMES = ["eDP-1", "HDMI-1", "hdmi-1", "EPSON EB-X05"]


def test_a_monitor_is_found_by_number_by_name_and_by_a_name_in_other_letters() -> None:
    assert found(1, NAMES) == 1
    assert found("hdmi-1", NAMES) == 2
    assert found("Epson eb-x05", NAMES) == 3


def test_what_is_not_there_is_away() -> None:
    for wanted in (4, -1, "HDMI", "", "1"):
        assert found(wanted, NAMES) is None


def test_two_projectors_of_one_make_are_two_monitors_and_one_of_them_alone_keeps_its_name() -> None:
    assert distinct(["EPSON", "eDP", "EPSON", "EPSON"]) == ["EPSON", "eDP", "EPSON #2", "EPSON #3"]
    assert distinct(["EPSON"]) == ["EPSON"]


def test_a_typing_error_is_told_by_naming_the_monitors_that_are_there() -> None:
    assert away_sentence("HDMI-9", ["eDP-1", "HDMI-1"]) == (
        "Monitor HDMI-9 is away; the show waits for it and opens there. "
        "Monitors that are here: 0 eDP-1, 1 HDMI-1."
    )
    assert away_sentence(1, []).endswith("Monitors that are here: none.")
    assert away_sentence(None, []) == "No monitor is there; the show waits for one."
