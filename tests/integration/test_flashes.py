"""A scene that strobes, filmed with and without the flash guard, and counted by what knows nothing of it."""

from pathlib import Path

import pytest
from commandline import RunArtvis
from flashfilms import count, frames_of

pytestmark = pytest.mark.gl

STROBE = """/*{"ISFVSN": "2"}*/
void main() { gl_FragColor = vec4(vec3(step(fract(TIME * 10.0 + 0.25), 0.5)), 1.0); }
"""


@pytest.mark.parametrize(
    ("guard", "seconds", "fps"),
    [
        ("on", 3, 20),
        pytest.param("off-i-understand", 3, 20, marks=pytest.mark.full),
        pytest.param("on", 20, 30, marks=pytest.mark.full),
    ],
)
def test_a_film_of_a_strobe_has_three_flashes_a_second_at_most_unless_nobody_guards_it(
    run_artvis: RunArtvis, tmp_path: Path, guard: str, seconds: int, fps: int
) -> None:
    scene, film, events = tmp_path / "strobe.fs", tmp_path / "film.mp4", tmp_path / "events.jsonl"
    scene.write_text(STROBE)
    words = ("--scene", scene, "--size", "192x108", "--fps", str(fps), "--duration", str(seconds))
    env = {"ARTVIS_STAGE__FLASH_GUARD": guard}
    ran = run_artvis("render", *words, "-o", film, "--events", events, env=env, timeout=240)
    assert ran.rc == 0, ran.stderr
    found = count(frames_of(film, fps))
    if guard == "on":
        assert found.flashes <= 3
        assert '"flash_limited"' in events.read_text()
    else:
        assert found.flashes == 10
        assert '"flash_limited"' not in events.read_text()
