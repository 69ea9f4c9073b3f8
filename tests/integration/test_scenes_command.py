"""`artvis scenes` and `--scene`: what is said of good, broken, hostile and missing files, and by which exit code."""

import json
from pathlib import Path

import numpy as np
import ownscenes
import pytest
from ownscenes import written
from PIL import Image

from artvis.cli import main as command_line

pytestmark = pytest.mark.gl


def test_check_says_a_line_a_file_and_no_is_code_1(
    artvis_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(
        tmp_path / "some",
        ripple=ownscenes.RIPPLE,
        broken=ownscenes.BROKEN,
        wipe=ownscenes.WIPE,
        empty="",
        deep="/*" + "[" * 50_000 + "*/",
        unending="/*{} void main() {",
        huge="/*{}*/ void main() {}" + " " * 600_000,
    )
    (folder / "noise.fs").write_bytes(np.random.default_rng(1).bytes(4000))
    (folder / "nul.fs").write_bytes(b"/*{}*/ void main() { gl_FragColor = vec4(1.0); }\0")
    files = sorted(folder.glob("*.fs"))
    assert command_line.main(["scenes", "check", *map(str, files)]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert err == ""
    assert len(lines) == len(files)
    assert [line for line in lines if line.endswith(": ok")] == [
        f"{folder}/{name}.fs: ok" for name in ("ripple", "wipe")
    ]
    assert lines[0].startswith(f"{folder}/broken.fs:6: ")
    assert all(line.startswith(f"{path}:") for line, path in zip(lines, files, strict=True))


def test_check_of_good_files_is_code_0_and_of_one_that_is_not_there_code_2(
    artvis_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(written(tmp_path, ripple=ownscenes.RIPPLE) / "ripple.fs")
    assert command_line.main(["scenes", "check", good, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["path"], row["ok"], row["flat"]) == (good, True, False)
    assert row["cost"] >= 1.0
    assert command_line.main(["scenes", "check", good, str(tmp_path / "none.fs")]) == 2
    assert capsys.readouterr() == ("", f"artvis: There is no file {tmp_path}/none.fs.\n")


def test_an_imported_picture_is_read_from_the_folder_of_the_scene_and_from_nowhere_else(
    artvis_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "scenes"
    outside = tmp_path / "secret.png"
    written(
        folder,
        a_inside=ownscenes.importing("lake.png"),
        b_up=ownscenes.importing("../secret.png"),
        c_root=ownscenes.importing(str(outside)),
        d_link=ownscenes.importing("link.png"),
        e_folder=ownscenes.importing("linked/secret.png"),
        f_no_picture=ownscenes.importing("a_inside.fs"),
        g_missing=ownscenes.importing("none.png"),
    )
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 255, (8, 16, 3), np.uint8))
    picture.save(outside)
    picture.save(folder / "lake.png")
    (folder / "link.png").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path)
    assert command_line.main(["scenes", "check", *map(str, sorted(folder.glob("*.fs")))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith(": ok") for line in lines] == [True, *[False] * 6]
    assert all("outside" in line or "inside the folder" in line for line in lines[1:5]), lines


def test_a_preview_shows_what_the_scene_makes_of_the_picture(
    artvis_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirrored = ownscenes.RIPPLE.replace("at + vec2", "vec2(1.0 - at.x, at.y) + vec2")
    written(artvis_home / "config" / "scenes", ripple=ownscenes.RIPPLE, mirror=mirrored)
    seen = {}
    for name in ("ripple", "mirror"):
        out = tmp_path / f"{name}.png"
        words = ["scenes", "preview", name, "-o", str(out), "--size", "320x180", "--at", "0.5"]
        assert command_line.main(words) == 0
        seen[name] = np.asarray(Image.open(out)).astype(int)
    assert seen["ripple"].shape == (180, 320, 3)
    assert np.abs(seen["ripple"] - seen["mirror"][:, ::-1]).mean() < 6, "one is the other, seen in a mirror"
    assert np.abs(seen["ripple"] - seen["mirror"]).mean() > 12
    assert command_line.main(["scenes", "list", "--json"]) == 0
    listed = {row["name"]: row for row in json.loads(capsys.readouterr().out)["scenes"]}
    assert (listed["ripple"]["kind"], listed["ripple"]["energy"]) == ("scene", [0.2, 0.8])


@pytest.mark.parametrize("command", ["show --source demo", "render -o film.mp4"])
def test_a_scene_that_is_not_there_or_not_well_ends_a_command_before_any_work(
    artvis_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    broken = written(tmp_path, broken=ownscenes.BROKEN) / "broken.fs"
    for scene, sentence in (
        ("nobody", "There is no scene nobody; "),
        (str(tmp_path / "none.fs"), "There is no file "),
        (str(broken), "broken.fs:6: "),
    ):
        assert command_line.main([*command.split(), "--scene", scene]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert err.startswith(f"artvis: {sentence}")
    assert not (artvis_home / "data").exists()
