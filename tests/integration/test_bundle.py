"""The one-folder program, as somebody has it who has neither Python nor this checkout."""

import json
import os
import subprocess
from pathlib import Path

import av
import pytest

PROGRAM = Path(__file__).parents[2] / "dist" / "artvis" / "artvis"

pytestmark = pytest.mark.bundle


def _run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    plain = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "ARTVIS_HOME": str(folder / "home"),
    }
    return subprocess.run(
        [PROGRAM, *words],
        cwd=folder,
        env={**plain, **env},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_it_knows_its_versions_and_its_settings(tmp_path: Path) -> None:
    done = _run(tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert "OpenGL" in done.stdout
    assert "# auto, system" in _run(tmp_path, "config", "show").stdout


def test_it_renders_a_film_of_the_demo_track(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    done = _run(tmp_path, "render", "--duration", "2", "--size", "640x360", "-o", str(film))
    assert done.returncode == 0, done.stderr
    with av.open(film) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        assert container.streams.audio[0].codec_context.name == "aac"
        assert sum(1 for _ in container.decode(video=0)) == 60


@pytest.mark.window
def test_it_shows_a_window_and_leaves_by_itself(tmp_path: Path, display: dict[str, str]) -> None:
    assert "QT_QPA_PLATFORM" in display
    report = tmp_path / "report.json"
    words = ["show", "--source", "demo", "--seconds", "5", "--size", "640x360", "--report", str(report)]
    done = _run(tmp_path, *words, **{name: os.environ[name] for name in display})
    assert done.returncode == 0, done.stderr
    measured = json.loads(report.read_text())
    assert measured["size"] == "640x360"
    assert measured["frames"] > 30
    assert measured["artworks_shown"] >= 1
