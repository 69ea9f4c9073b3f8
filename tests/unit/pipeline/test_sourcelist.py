"""The list of sources as a value: its words, and its mark under keys and under devices that come and go."""

from dataclasses import replace

import pytest

from artvis.audio.source import SourceInfo
from artvis.model.command import ListMove
from artvis.pipeline.sourcelist import PAGE, SourceList, SourceRow, rows_of

HDMI = SourceInfo("system:hdmi", "system", "HDMI", default=True, chosen=True, reason="")
USB = SourceInfo("system:usb", "system", "USB", default=False, chosen=False, reason="")
MIC = SourceInfo("mic:desk", "mic", "Desk", default=True, chosen=False, reason="")
HEADSET = SourceInfo("mic:blue", "mic", "Headset", default=False, chosen=False, reason="", bluetooth=True)
FILE = SourceInfo("file:PATH", "file", "any sound file", default=False, chosen=False, reason="")
DEMO = SourceInfo("demo", "demo", "built-in demo track", default=False, chosen=False, reason="")
ALL = (HDMI, USB, MIC, HEADSET, FILE, DEMO)


def _rows(count: int, current: int = 0) -> tuple[SourceRow, ...]:
    return tuple(
        SourceRow(f"system:{n}", f"system:{n}", f"Output {n}", "output", n == current) for n in range(count)
    )


def test_the_default_output_is_chosen_as_system_so_that_it_is_followed_and_others_by_name() -> None:
    specs = {row.id: row.spec for row in rows_of(ALL, current="")}
    assert specs == {
        "system:hdmi": "system",
        "system:usb": "system:usb",
        "mic:desk": "mic:desk",
        "mic:blue": "mic:blue",
        "demo": "demo",
    }


def test_each_row_says_what_it_is_and_why_a_bluetooth_microphone_stays_closed() -> None:
    words = {row.title: row.detail for row in rows_of(ALL, current="")}
    assert words["HDMI"] == "what this computer plays: the default output"
    assert words["USB"] == "output"
    assert words["Desk"] == "microphone, the default"
    assert words["Headset"] == "microphone, not opened: it would drop the music to telephone quality"
    assert words["built-in demo track"] == "comes with artvis"


def test_a_file_is_listed_only_if_one_was_given() -> None:
    assert not [row for row in rows_of(ALL, current="") if row.id.startswith("file:")]
    row = rows_of(ALL, current="file:/music/a song.flac", file_spec="file:/music/a song.flac")[-1]
    assert (row.title, row.spec, row.current) == ("a song.flac", "file:/music/a song.flac", True)


@pytest.mark.parametrize(
    ("spec", "current", "wished"),
    [
        ("auto", "mic:desk", True),
        ("mic:desk", "mic:desk", True),
        ("mic:desk#3-4", "mic:desk#3-4", True),
        ("mic:desk", "system:hdmi", False),
        ("mic:away", "mic:desk", False),  # it only stands in
        ("mic:desktop", "mic:desk", False),
    ],
)
def test_a_row_is_wished_for_where_it_is_heard_and_not_in_place_of_another(
    spec: str, current: str, *, wished: bool
) -> None:
    (row,) = rows_of([MIC], current=current)
    assert row.is_wished(spec) is wished


def test_two_devices_of_one_title_are_told_apart_by_their_names() -> None:
    twins = rows_of([HDMI, replace(USB, title="HDMI")], current="")
    assert [row.detail for row in twins] == [
        "hdmi · what this computer plays: the default output",
        "usb · output",
    ]


def test_without_a_sound_server_the_row_says_why() -> None:
    reason = "No sound server answers: auto waits for one"
    waiting = SourceInfo("system", "system", "system audio", default=True, chosen=False, reason=reason)
    assert rows_of([waiting, DEMO], current="system")[0].detail == "No sound server answers"


@pytest.mark.parametrize("current", ["mic:desk", "mic:desk#3-4"])
def test_what_is_listened_to_is_known_with_channels_or_without(current: str) -> None:
    assert [row.id for row in rows_of(ALL, current=current) if row.current] == ["mic:desk"]


def test_the_mark_begins_on_what_is_listened_to_and_follows_it_until_a_person_moves_it() -> None:
    listed = SourceList().renewed(_rows(4, current=2))
    assert listed.marked == 2
    assert listed.renewed(_rows(4, current=3)).marked == 3
    assert listed.moved(ListMove.UP).renewed(_rows(4, current=3)).marked == 1


@pytest.mark.parametrize(
    ("start", "move", "end"),
    [
        (0, ListMove.UP, 0),
        (0, ListMove.DOWN, 1),
        (19, ListMove.DOWN, 19),
        (10, ListMove.PAGE_UP, 10 - PAGE),
        (2, ListMove.PAGE_UP, 0),
        (18, ListMove.PAGE_DOWN, 19),
        (10, ListMove.FIRST, 0),
        (10, ListMove.LAST, 19),
    ],
)
def test_keys_move_the_mark_and_it_stops_at_both_ends(start: int, move: ListMove, end: int) -> None:
    assert SourceList(_rows(20), start).moved(move).marked == end


def test_the_mark_stays_with_its_source_when_others_come_and_go() -> None:
    listed = SourceList(_rows(4), 0).moved(ListMove.LAST)
    fewer = listed.renewed(_rows(4)[1:])
    assert fewer.marked_row is not None
    assert fewer.marked_row.id == "system:3"


def test_the_mark_stays_in_its_place_when_its_source_goes() -> None:
    listed = SourceList(_rows(4), 0).moved(ListMove.LAST)
    assert listed.renewed(_rows(3)).marked == 2
    assert listed.renewed(()).marked_row is None
    assert listed.renewed(()).moved(ListMove.DOWN).marked == 0


def test_pointing_marks_a_row_and_a_row_that_has_gone_changes_nothing() -> None:
    listed = SourceList(_rows(4), 0)
    assert listed.pointed_at("system:2").marked == 2
    assert listed.pointed_at("system:9") == listed
