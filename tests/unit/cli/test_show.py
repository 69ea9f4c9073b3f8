"""`artvis show` where there is no display."""

import pytest

from artvis.cli import main as command_line


@pytest.mark.parametrize(("words", "code"), [((), 2), (("--kiosk", "--pulse", "1"), 3)])
def test_graphics_that_are_refused_are_a_sentence_and_for_a_watchdog_a_code_of_their_own(
    artvis_home: object,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert command_line.main(["show", "--source", "demo", *words]) == code
    assert capfd.readouterr().err.startswith("artvis: ")
