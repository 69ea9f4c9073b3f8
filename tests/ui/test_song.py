"""The card of a track: when it is there, and that long names stay on it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from artvis.pipeline.overlay import OverlayState
from artvis.ui.application import OVERLAY_QML
from artvis.ui.attention import SONG_S
from artvis.ui.overlay import Overlay
from artvis.ui.ports import WindowOptions

pytestmark = pytest.mark.window

SILENT = OverlayState(source_title="Demo track", artwork_title="dusk", artwork_id="a")
FIRST = replace(SILENT, song_title="Blue Monday", song_artist="New Order")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


class Watched:
    """An overlay that has slept since long, and its clock."""

    def __init__(self, options: WindowOptions) -> None:
        self.overlay = Overlay(options)
        self.now_s = 100.0

    def after(self, state: OverlayState, seconds: float) -> dict[str, object]:
        for _ in range(round(seconds * 20)):
            self.now_s += 0.05
            self.overlay.show_state(state, self.now_s)
        return dict(self.overlay.values)


@pytest.fixture
def watched(qapp: QGuiApplication) -> Watched:
    return Watched(WindowOptions())


def test_a_track_is_named_for_six_seconds_and_its_words_stay_while_the_card_fades(watched: Watched) -> None:
    assert watched.after(SILENT, 5.0)["songOpacity"] == 0.0
    values = watched.after(FIRST, 1.0)
    assert (values["songTitle"], values["songArtist"], values["songOpacity"]) == (
        "Blue Monday",
        "New Order",
        1.0,
    )
    assert watched.after(FIRST, SONG_S - 1.2)["songOpacity"] == 1.0
    values = watched.after(SILENT, 0.5)
    assert 0.0 < float(str(values["songOpacity"])) < 1.0
    assert values["songTitle"] == "Blue Monday"
    assert watched.after(SILENT, 1.0)["songOpacity"] == 0.0


def test_a_pause_does_not_name_it_again_and_another_track_is_named(watched: Watched) -> None:
    watched.after(FIRST, 10.0)
    watched.after(SILENT, 60.0)
    assert watched.after(FIRST, 2.0)["songOpacity"] == 0.0
    second = replace(FIRST, song_title="Temptation")
    assert watched.after(second, 2.0)["songOpacity"] == 1.0


def test_it_is_there_while_somebody_looks_and_plays_and_not_under_a_panel_or_in_the_dark(
    watched: Watched,
) -> None:
    watched.after(FIRST, 10.0)
    watched.overlay.stir()
    assert watched.after(FIRST, 1.0)["songOpacity"] == 1.0
    watched.overlay.toggle_help()
    assert watched.after(FIRST, 1.0)["songOpacity"] == 0.0
    watched.overlay.close_panels()
    other = replace(FIRST, song_title="Temptation")
    assert watched.after(other, 1.0)["songOpacity"] == 1.0
    assert watched.after(replace(other, blackout=True), 1.0)["songOpacity"] == 0.0
    assert watched.after(replace(other, song_title=""), 2.0)["songOpacity"] == 0.0


def test_a_kiosk_names_it_although_it_names_no_picture(qapp: QGuiApplication) -> None:
    values = Watched(WindowOptions(kiosk=True)).after(FIRST, 2.0)
    assert (values["songOpacity"], values["namingOpacity"]) == (1.0, 0.0)


def test_long_names_are_cut_on_the_card_and_short_ones_make_it_small(qapp: QGuiApplication) -> None:
    engine = QQmlEngine()
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(OVERLAY_QML.with_name("Song.qml"))))

    def size(title: str, artist: str) -> tuple[float, float]:
        words = {"unit": 1.0, "accent": "white", "widest": 400.0, "title": title, "artist": artist}
        card = component.createWithInitialProperties(words)
        assert card is not None, component.errorString()
        found = card.property("implicitWidth"), card.property("implicitHeight")
        card.deleteLater()
        return found

    small, long = size("Blue Monday", "New Order"), size("W" * 200, "many artists, " * 14)
    assert small[0] < 250.0
    assert 430.0 < long[0] < 470.0
    assert long[1] == small[1], "one line each"
    assert size("W" * 200, "")[1] < small[1]
