"""Windows that cannot be seen, lose their OpenGL, or stand on screens of unusual shapes."""

import numpy as np
import pytest
from PIL import Image
from windowplay import Play

pytestmark = pytest.mark.window


@pytest.mark.parametrize("how", ["hidden", "minimised"])
def test_a_window_that_nobody_sees_draws_nothing_while_its_show_goes_on(play: Play, how: str) -> None:
    told = play("unseen").told
    assert told["still_exposed"], "as window managers leave it that show minimised windows in a list"
    assert told[how]["ticks"] >= 2
    assert told[how]["frames"] <= 1
    assert told["order"][:5] == ["first frame", "hidden", "seen", "hidden", "seen"]


def test_a_window_that_lost_its_opengl_goes_on_with_its_picture_and_overlay(play: Play) -> None:
    played = play("unseen")
    assert played.rc == 0, played.stderr
    assert played.stderr == ""
    assert played.told["another_engine"]
    assert played.told["items"] == 1
    photo = np.asarray(Image.open(played.folder / "after.png").convert("RGB"), np.float32)
    rows = photo[:360, :640].mean(axis=(1, 2))
    assert (np.abs(np.diff(rows)) > 15).sum() >= 5, "the stripes of the artwork, not the built-in picture"
