"""What is chosen in a show stands in the settings of the next one."""

from pathlib import Path

import pytest

from artvis.app.remembering import Remembering
from artvis.model.notice import Notice
from artvis.paths import Home, home

VARIABLE = {"ARTVIS_STAGE__SCREEN": "1"}


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return home({"ARTVIS_HOME": str(tmp_path)})


def test_the_last_of_several_choices_is_remembered_and_nobody_is_told(place: Home) -> None:
    told: list[Notice] = []
    memory = Remembering("stage.screen", place, {}, told.append)
    for name in ("HDMI-1", "eDP-1", "DP 2"):
        memory.choose(name)
    memory.stop()
    assert place.settings_file.read_text() == '[stage]\nscreen = "DP 2"\n'
    assert told == []


@pytest.mark.parametrize(
    ("text", "environ", "sentence"),
    [
        ("[stage]\nfps = \n", {}, "The choice is for this show only: "),
        ("", VARIABLE, "ARTVIS_STAGE__SCREEN is set, and decides at the next start."),
    ],
)
def test_a_choice_that_will_not_count_is_told(
    place: Home, text: str, environ: dict[str, str], sentence: str
) -> None:
    told: list[Notice] = []
    place.settings_file.parent.mkdir(parents=True)
    place.settings_file.write_text(text)
    memory = Remembering("stage.screen", place, environ, told.append)
    memory.choose("HDMI-1")
    memory.stop()
    assert [notice.text[: len(sentence)] for notice in told] == [sentence]
