import socket
import sys
from pathlib import Path

import pytest

from artvis.errors import GraphicsUnavailable
from artvis.ui.display import require_display, require_qt_plugin

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland are Linux's")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "There is no display"),
        ({"DISPLAY": ""}, "There is no display"),
        ({"DISPLAY": ":4711"}, ":4711 does not answer"),
        ({"DISPLAY": "nonsense"}, "nonsense does not answer"),
        ({"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"}, ":4711 does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"}, "There is no display"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":4711"}, "no Wayland display"),
        ({"QT_QPA_PLATFORM": "offscreen:size=9x9"}, "QT_QPA_PLATFORM=offscreen has no OpenGL"),
    ],
)
def test_a_display_that_does_not_answer_is_a_sentence(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(GraphicsUnavailable, match=sentence):
        require_display(environ)


def test_a_wayland_socket_that_answers_will_do(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        require_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})


def test_other_platforms_of_qt_are_left_to_qt() -> None:
    require_display({"QT_QPA_PLATFORM": "eglfs"})


def test_a_plugin_that_cannot_be_loaded_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").write_text("no library")
    with pytest.raises(
        GraphicsUnavailable, match=r"Qt cannot open a window because .*libqxcb\.so is missing"
    ):
        require_qt_plugin(tmp_path)


def test_a_qt_without_the_plugin_is_left_to_qt(tmp_path: Path) -> None:
    require_qt_plugin(tmp_path)
