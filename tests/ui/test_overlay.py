"""What the overlay says, as properties; that it can be seen is in test_window.py."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from artvis.control.keymap import BINDINGS
from artvis.model.notice import Notice
from artvis.pipeline.overlay import OverlayState
from artvis.ui.facts import KINDS
from artvis.ui.overlay import Overlay, help_groups, music_line
from artvis.ui.ports import WindowOptions

pytestmark = pytest.mark.window

STATE = OverlayState(
    source_title="Demo track",
    silent=False,
    bpm=123.6,
    confidence=0.9,
    key="A minor",
    artwork_title="dusk",
    artwork_id="a",
)
NOTICE = Notice("warning", "quiet", "It is silent.", "Start with --source mic.")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


def _after(overlay: Overlay, state: OverlayState, *, from_s: float, seconds: float) -> dict[str, object]:
    """The properties after `state` was shown at 20 frames a second."""
    for frame in range(round(seconds * 20)):
        overlay.show_state(state, from_s + frame / 20)
    return dict(overlay.values)


@pytest.fixture
def overlay(qapp: QGuiApplication) -> Overlay:
    return Overlay(WindowOptions())


def test_the_help_lists_exactly_the_keymap() -> None:
    listed = [(row["keys"], row["text"]) for group in help_groups() for row in group["rows"]]
    assert sorted(listed) == sorted((binding.label, binding.help) for binding in BINDINGS)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "124 BPM  ·  A minor"),
        ({"confidence": 0.1}, "A minor"),
        ({"key": ""}, "124 BPM"),
        ({"confidence": 0.1, "key": ""}, "listening …"),
        ({"silent": True}, "silence"),
    ],
)
def test_tempo_and_key_are_said_only_when_they_are_sure(changes: dict[str, object], line: str) -> None:
    assert music_line(replace(STATE, **changes)) == line


def test_the_status_is_there_at_the_start_and_gone_after_ten_seconds(overlay: Overlay) -> None:
    overlay.begin(100.0)
    assert _after(overlay, STATE, from_s=100.0, seconds=1.0)["statusOpacity"] == 1.0
    assert _after(overlay, STATE, from_s=101.0, seconds=9.0)["statusOpacity"] == 0.0
    overlay.stir()
    assert _after(overlay, STATE, from_s=110.0, seconds=1.0)["statusOpacity"] == 1.0


def test_a_new_picture_is_named_although_the_overlay_sleeps(overlay: Overlay) -> None:
    _after(overlay, STATE, from_s=100.0, seconds=10.0)
    following = replace(STATE, artwork_id="b", artwork_title="reeds at noon")
    values = _after(overlay, following, from_s=110.0, seconds=1.0)
    assert (values["title"], values["namingOpacity"], values["statusOpacity"]) == ("reeds at noon", 1.0, 0.0)
    assert _after(overlay, following, from_s=111.0, seconds=6.0)["namingOpacity"] == 0.0


def test_what_is_being_painted_is_said_and_the_words_stay_while_they_fade(overlay: Overlay) -> None:
    values = _after(overlay, replace(STATE, painting="painting … horizon"), from_s=100.0, seconds=1.0)
    assert (values["painting"], values["chipOpacity"]) == ("painting … horizon", 1.0)
    values = _after(overlay, STATE, from_s=101.0, seconds=0.2)
    assert values["painting"] == "painting … horizon"
    assert 0.0 < float(str(values["chipOpacity"])) < 1.0


def test_the_stroke_below_painting_has_the_colours_of_the_picture_but_none_too_dark(overlay: Overlay) -> None:
    hung = replace(STATE, palette=("#101010", "#203040", "#405060", "#607080", "#90a0b0", "#d0e0f0"))
    stroke = _after(overlay, hung, from_s=100.0, seconds=0.1)["stroke"]
    assert stroke[2:] == ["#90a0b0", "#d0e0f0"]
    assert stroke[0] > "#60"
    _after(overlay, replace(STATE, palette=("#90a0b0",)), from_s=100.1, seconds=0.1)
    assert overlay.values["stroke"] == ["#90a0b0"] * 4


def test_a_notice_is_shown_with_what_can_be_done(overlay: Overlay) -> None:
    values = _after(overlay, replace(STATE, notices=(NOTICE,)), from_s=100.0, seconds=1.0)
    assert values["noticesOpacity"] == 1.0
    assert values["notices"] == [
        {"severity": "warning", "text": "It is silent.", "action": "Start with ‑‑source mic."}
    ]


def test_a_blackout_is_black_but_answers(overlay: Overlay) -> None:
    overlay.begin(100.0)
    dark = replace(STATE, blackout=True, painting="painting", notices=(NOTICE,))
    _after(overlay, dark, from_s=100.0, seconds=1.0)
    overlay.answer("blackout")
    values = _after(overlay, dark, from_s=101.0, seconds=0.2)
    assert {name for name, value in values.items() if name.endswith("Opacity") and value} == {"answerOpacity"}


def test_an_answer_is_whole_with_the_next_frame_and_then_leaves(overlay: Overlay) -> None:
    _after(overlay, STATE, from_s=100.0, seconds=0.1)
    overlay.answer("held")
    assert _after(overlay, STATE, from_s=100.1, seconds=0.05)["answerOpacity"] == 1.0
    assert _after(overlay, STATE, from_s=100.2, seconds=3.0)["answerOpacity"] == 0.0


def test_in_a_kiosk_nothing_is_seen_but_notices(qapp: QGuiApplication) -> None:
    overlay = Overlay(WindowOptions(kiosk=True))
    overlay.begin(100.0)
    overlay.stir()
    busy = replace(STATE, painting="painting", notices=(NOTICE,))
    values = _after(overlay, busy, from_s=100.0, seconds=1.0)
    assert {name for name, value in values.items() if name.endswith("Opacity") and value} == {
        "noticesOpacity"
    }


def test_help_and_why_take_turns_and_close_together(overlay: Overlay) -> None:
    state = replace(STATE, why=("painted for A minor",))
    _after(overlay, state, from_s=100.0, seconds=0.1)
    assert overlay.toggle_help() == ""
    assert overlay.toggle_why() == ""
    values = _after(overlay, state, from_s=101.0, seconds=1.0)
    assert (values["helpOpacity"], values["whyOpacity"], values["why"]) == (0.0, 1.0, ["painted for A minor"])
    assert overlay.close_panels()
    assert not overlay.close_panels()


def test_a_picture_without_a_story_says_so(overlay: Overlay) -> None:
    _after(overlay, STATE, from_s=100.0, seconds=0.1)
    assert overlay.toggle_why() != ""


def test_a_still_overlay_sets_no_property(overlay: Overlay) -> None:
    _after(overlay, STATE, from_s=100.0, seconds=10.0)
    changed = []
    for name in KINDS:
        getattr(overlay.facts, f"{name}Changed").connect(lambda name=name: changed.append(name))
    before = dict(overlay.values)
    assert _after(overlay, STATE, from_s=110.0, seconds=1.0) == before
    assert changed == []


def test_an_answer_that_comes_later_than_its_key_is_shown(overlay: Overlay) -> None:
    _after(overlay, STATE, from_s=100.0, seconds=1.0)
    overlay.show_state(replace(STATE, said="Listening to USB"), 101.0)
    values = _after(overlay, STATE, from_s=101.05, seconds=0.5)
    assert (values["answer"], values["answerOpacity"]) == ("Listening to USB", 1.0)
