"""`artvis paint` from outside: against a real server on loopback that behaves, and that misbehaves."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import geminiserver
import imageserver
import numpy as np
import pytest
from a1111server import A1111Server
from comfyuiserver import ComfyUIServer
from commandline import Ran, RunArtvis
from geminiserver import GeminiServer
from imageserver import Answer, ImageServer, of_picture, refusal
from PIL import Image

SMALL = ("--size", "160x96")


def _row(done: Ran) -> dict[str, Any]:
    assert (done.rc, done.stderr) == (0, "")
    return json.loads(done.stdout)


def _stored(run_artvis: RunArtvis) -> list[dict[str, Any]]:
    return json.loads(run_artvis("library", "list", "--json").stdout)["artworks"]


def _is_one_sentence(text: str) -> bool:
    return text.startswith("artvis: ") and text.count("\n") == 1 and text.endswith((".\n", ").\n"))


def _no_key_in(home: Path) -> bool:
    return not any(
        imageserver.KEY.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file()
    )


def _sound(path: Path, seconds: float = 4.0) -> Path:
    t = np.arange(int(seconds * 22_050)) / 22_050
    tone = (0.3 * np.sin(2 * np.pi * 220 * t) * (np.sin(2 * np.pi * 2 * t) > 0) * 32_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(tone.tobytes())
    return path


def test_a_picture_is_stored_whole_and_written_where_it_was_asked_for(
    run_artvis: RunArtvis, tmp_path: Path
) -> None:
    out = tmp_path / "night.png"
    row = _row(
        run_artvis(
            "paint", "--mood", "0.2,0.7", "--key", "Bb minor", "--seed", "9", *SMALL, "-o", out, "--json"
        )
    )
    assert list(row) == [
        "id", "sha256", "width", "height", "provider", "model", "seed", "prompt", "negative",
        "palette", "cost_usd", "reasons", "path",
    ]  # fmt: skip
    assert hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert (row["width"], row["height"], row["provider"], row["seed"]) == (160, 96, "painter", 9)
    assert len(row["palette"]) == 6
    assert any(reason.startswith("A# minor: ") for reason in row["reasons"])
    with Image.open(out) as written:
        assert (written.format, written.size) == ("PNG", (160, 96))
    assert [artwork["id"] for artwork in _stored(run_artvis)] == [row["id"]]
    assert run_artvis("library", "verify").rc == 0


def test_the_same_seed_gives_the_same_picture_and_no_seed_another_each_time(run_artvis: RunArtvis) -> None:
    same = [_row(run_artvis("paint", "--seed", "3", *SMALL, "--json"))["sha256"] for _ in range(2)]
    assert same[0] == same[1]
    other = [_row(run_artvis("paint", *SMALL, "--json"))["sha256"] for _ in range(2)]
    assert len({*same, *other}) == 3


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "JPEG"), (".webp", "WEBP")])
def test_the_suffix_chooses_the_format(run_artvis: RunArtvis, tmp_path: Path, suffix: str, kind: str) -> None:
    out = tmp_path / f"a{suffix}"
    assert run_artvis("paint", *SMALL, "-o", out).stdout == f"{out}\n"
    with Image.open(out) as written:
        assert written.format == kind


def test_music_comes_from_a_file(run_artvis: RunArtvis, tmp_path: Path) -> None:
    song = _sound(tmp_path / "song.wav")
    row = _row(run_artvis("paint", "--from", song, "--at", "3", "--bpm", "70", *SMALL, "--json"))
    assert any(reason.startswith("slow 70 BPM") for reason in row["reasons"])
    assert any(" Hz: " in reason for reason in row["reasons"])


def test_prompt_only_calls_nobody_and_stores_nothing(
    run_artvis: RunArtvis, artvis_home: Path, image_server: ImageServer
) -> None:
    first, second = (
        run_artvis(
            "paint", "--provider", "openai", "--prompt-only", "--style", "linocut", env=image_server.env()
        )
        for _ in range(2)
    )
    assert first == second
    assert 40 <= len(first.stdout.split()) <= 80
    assert "linocut" in first.stdout
    assert image_server.calls == []
    assert not artvis_home.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--mood", "1.2,0"),
        ("--mood", "0.5"),
        ("--mood", "nan,0"),
        ("--key", "H minor"),
        ("--key", "A"),
        ("--bpm", "3"),
        ("--seed", "-1"),
        ("--size", "10x10"),
        ("--size", "big"),
        ("--style", " "),
        ("--provider", "midjourney"),
        ("--at", "3"),
        ("--from", "no-such-file.wav"),
        ("--from", __file__),
        ("--from", "SONG", "--at", "99"),
        ("-o", "no-such-folder/a.png"),
        ("-o", "a.gif"),
        ("-o", "."),
    ],
)
def test_bad_use_is_a_sentence_before_any_work(
    run_artvis: RunArtvis, artvis_home: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    song = _sound(tmp_path / "song.wav", 1.0)
    done = run_artvis("paint", *(word.replace("SONG", str(song)) for word in words))
    assert (done.rc, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert not (artvis_home / "data").exists()


@pytest.mark.parametrize("reply", [imageserver.b64, imageserver.url], ids=["b64", "url"])
def test_a_network_picture_is_stored_with_what_it_cost(
    run_artvis: RunArtvis, artvis_home: Path, image_server: ImageServer, reply: imageserver.Reply
) -> None:
    image_server.answers = [reply]
    row = _row(run_artvis("paint", "--provider", "openai", *SMALL, "--json", env=image_server.env()))
    assert (row["provider"], row["model"]) == ("openai", "gpt-image-1-mini")
    assert hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert 0 < row["cost_usd"] < 0.05
    usage = json.loads(run_artvis("usage", "--json").stdout)
    assert usage["days"][0]["made"] == 1
    assert usage["days"][0]["spent_usd"] == pytest.approx(row["cost_usd"])
    assert usage["left"]["hour_count"] == 11
    assert _no_key_in(artvis_home)


WHOLE = imageserver.picture((96, 64), 3)


@pytest.mark.parametrize(
    ("answer", "calls", "words"),
    [
        (refusal(401, f"Incorrect API key: {imageserver.KEY}", code="invalid_api_key"), 1, "HTTP 401"),
        (refusal(429, "slow down", {"Retry-After": "1"}, code="rate_limit_exceeded"), 3, "wait 1 s"),
        (refusal(429, "slow down", {"Retry-After": "600"}, code="rate_limit_exceeded"), 1, "wait 600 s"),
        (
            refusal(400, "blocked", code="moderation_blocked", type="image_generation_user_error"),
            1,
            "declined",
        ),
        (refusal(500, "The server had an error", type="server_error"), 3, "HTTP 500"),
        (of_picture(WHOLE[: len(WHOLE) // 2]), 1, "damaged"),
        (imageserver.PAGE, 1, "web page"),
        (Answer(200, b"x" * 100, cut=50), 1, "broke off"),
        (of_picture(imageserver.picture((32, 32))), 1, "32x32"),
    ],
    ids=["401", "429", "429-long", "moderation", "500", "truncated", "page", "cut", "tiny"],
)
def test_every_fault_is_a_sentence_and_nothing_is_stored(
    run_artvis: RunArtvis,
    artvis_home: Path,
    image_server: ImageServer,
    answer: Answer,
    calls: int,
    words: str,
    tmp_path: Path,
) -> None:
    image_server.answers = [answer]
    out = tmp_path / "a.png"
    done = run_artvis("paint", "--provider", "openai", "--json", "-o", out, env=image_server.env())
    assert (done.rc, done.stdout) == (1, "")
    assert _is_one_sentence(done.stderr)
    assert words in done.stderr
    assert len(image_server.calls) == calls
    assert not out.exists()
    assert _stored(run_artvis) == []
    assert (
        json.loads(run_artvis("library", "list", "--state", "placeholder", "--json").stdout)["artworks"] == []
    )
    assert not [path for path in (artvis_home / "data" / "blobs").rglob("*") if path.is_file()]
    assert imageserver.KEY not in done.stderr
    assert _no_key_in(artvis_home)


@pytest.mark.full
def test_a_hang_ends_after_a_minute(run_artvis: RunArtvis, image_server: ImageServer) -> None:
    image_server.answers = [imageserver.HANG]
    done = run_artvis("paint", "--provider", "openai", env=image_server.env(), timeout=75)
    assert (done.rc, done.stdout) == (1, "")
    assert done.stderr == "artvis: openai did not answer in time.\n"
    assert _stored(run_artvis) == []


def test_a_fault_that_passes_is_tried_again(run_artvis: RunArtvis, image_server: ImageServer) -> None:
    image_server.answers = [
        refusal(429, "slow down", {"Retry-After": "1"}, code="rate_limit_exceeded"),
        imageserver.b64,
    ]
    _row(run_artvis("paint", "--provider", "openai", *SMALL, "--json", env=image_server.env()))
    assert len(image_server.calls) == 2


def test_the_purse_refuses_before_the_call(run_artvis: RunArtvis, image_server: ImageServer) -> None:
    capped = image_server.env(ARTVIS_BUDGET__PER_HOUR_COUNT="2")
    for _ in range(2):
        _row(run_artvis("paint", "--provider", "openai", *SMALL, "--json", env=capped))
    refused = run_artvis("paint", "--provider", "openai", *SMALL, env=capped)
    assert (refused.rc, refused.stdout) == (1, "")
    assert _is_one_sentence(refused.stderr)
    poor = image_server.env(ARTVIS_BUDGET__PER_DAY_USD="0.001")
    assert run_artvis("paint", "--provider", "openai", *SMALL, env=poor).rc == 1
    assert len(image_server.calls) == 2
    assert len(_stored(run_artvis)) == 2


def test_without_a_key_openai_itself_is_not_called(run_artvis: RunArtvis, artvis_home: Path) -> None:
    done = run_artvis("paint", "--provider", "openai")
    assert (done.rc, done.stdout) == (1, "")
    assert "ARTVIS_OPENAI_API_KEY" in done.stderr
    assert _is_one_sentence(done.stderr)


def test_a_painting_that_is_killed_leaves_a_library_in_order(
    run_artvis: RunArtvis, artvis_home: Path, image_server: ImageServer
) -> None:
    image_server.answers = [imageserver.HANG]
    command = [sys.executable, "-m", "artvis", "paint", "--provider", "openai"]
    with subprocess.Popen(command, env={**os.environ, **image_server.env()}) as painting:
        while not image_server.calls:
            assert painting.poll() is None
        painting.send_signal(signal.SIGKILL)
    assert run_artvis("library", "verify").rc == 0
    image_server.answers = [imageserver.b64]
    _row(run_artvis("paint", "--provider", "openai", *SMALL, "--json", env=image_server.env()))
    assert run_artvis("library", "verify").stdout == ""
    left = json.loads(run_artvis("usage", "--json").stdout)["left"]
    assert left["hour_count"] == 10  # the call that was cut off counts as made


def test_the_list_of_back_ends_says_what_is_missing(run_artvis: RunArtvis, image_server: ImageServer) -> None:
    bare = json.loads(run_artvis("providers", "--json").stdout)["providers"]
    ready = {end["name"]: end["configured"] for end in bare}
    assert ready == {"painter": True, "openai": False, "a1111": True, "comfyui": True, "gemini": False}
    assert "ARTVIS_OPENAI_API_KEY" in bare[1]["missing"]
    done = run_artvis("providers", env=image_server.env(ARTVIS_GEMINI_API_KEY="AIzaKey1"))
    assert done.rc == 0
    assert "not ready" not in done.stdout
    assert "as loaded at 127.0.0.1:7860" in done.stdout
    assert imageserver.KEY not in done.stdout


def test_a_test_says_the_price_first_and_makes_one_small_picture(
    run_artvis: RunArtvis, image_server: ImageServer
) -> None:
    done = run_artvis("providers", "test", "openai", env=image_server.env())
    assert (done.rc, done.stderr) == (0, "One small picture by openai: about $0.005 a picture.\n")
    assert done.stdout.startswith("openai works: ")
    assert len(image_server.calls) == 1
    assert run_artvis("providers", "test", "nobody").rc == 2


def test_a_server_of_ones_own_paints_for_nothing_and_gemini_is_booked(run_artvis: RunArtvis) -> None:
    with A1111Server() as a1111, ComfyUIServer() as comfyui, GeminiServer() as gemini:
        env = {
            "ARTVIS_PROVIDERS__A1111__BASE_URL": a1111.origin,
            "ARTVIS_PROVIDERS__COMFYUI__BASE_URL": comfyui.origin,
            "ARTVIS_PROVIDERS__GEMINI__BASE_URL": gemini.base_url,
            "ARTVIS_GEMINI_API_KEY": geminiserver.KEY,
            "ARTVIS_BUDGET__PER_HOUR_COUNT": "1",
        }
        rows = [
            _row(run_artvis("paint", "--provider", name, *SMALL, "--json", env=env))
            for name in ("a1111", "comfyui", "gemini")
        ]
        assert [row["provider"] for row in rows] == ["a1111", "comfyui", "gemini"]
        assert [row["model"] for row in rows] == ["dreamer_v8", "flux.safetensors", "gemini-3.1-flash-image"]
        assert [row["cost_usd"] for row in rows] == [0.0, 0.0, pytest.approx(0.06723)]
        test = run_artvis("providers", "test", "a1111", env=env)
        assert (test.rc, test.stderr) == (0, "One small picture by a1111: free.\n")
        refused = run_artvis("providers", "test", "gemini", env=env)
        assert (refused.rc, len(gemini.calls)) == (1, 1)
    gone = run_artvis("paint", "--provider", "a1111", *SMALL, env=env)
    assert (gone.rc, _is_one_sentence(gone.stderr)) == (1, True)
    assert "cannot be reached" in gone.stderr
    usage = json.loads(run_artvis("usage", "--json", env=env).stdout)
    assert usage["left"]["hour_count"] == 0
    assert {row["provider"]: row["made"] for row in usage["days"]} == {"a1111": 2, "comfyui": 1, "gemini": 1}


def test_a_login_without_a_keyring_is_a_sentence(run_artvis: RunArtvis) -> None:
    nowhere = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    for name in ("openai", "a1111", "comfyui", "painter", "nobody"):
        done = run_artvis("providers", "login", name, env=nowhere)
        assert (done.rc, done.stdout) == (2, "")
        assert _is_one_sentence(done.stderr)
