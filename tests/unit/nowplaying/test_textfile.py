"""A text file that DJ software writes, with a real file and a real loop."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying import textfile

Told = list[NowPlaying | None]


def watched(path: Path, *steps: Callable[[], object]) -> Told:
    """What was told of the file, one step after the other, each when the one before has been seen."""
    told: Told = []

    async def run() -> None:
        fresh = asyncio.Event()

        def tell(name: str, now: NowPlaying | None) -> None:
            assert name == "file"
            told.append(now)
            fresh.set()

        watching = asyncio.create_task(textfile.watch(tell, str(path), every_s=0.001))
        for step in steps:
            step()
            fresh.clear()
            await asyncio.wait_for(fresh.wait(), 5)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    asyncio.run(run())
    return told


def writing(path: Path, data: bytes) -> Callable[[], object]:
    """As software writes that never leaves a half file behind."""

    def write() -> None:
        path.with_suffix(".new").write_bytes(data)
        path.with_suffix(".new").replace(path)

    return write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "now.txt"


def test_each_new_text_is_told_once_and_a_file_that_goes_is_the_end(path: Path) -> None:
    told = watched(
        path,
        writing(path, b"\n\nNew Order - Blue Monday\nsecond line\n"),
        writing(path, "Björk – Jóga".encode("utf-16")),
        writing(path, b""),
        writing(path, b"Again"),
        path.unlink,
    )
    words = [(now.artist, now.title) if now else None for now in told]
    assert words == [("New Order", "Blue Monday"), ("Björk", "Jóga"), None, ("", "Again"), None]


def test_bytes_that_are_no_utf8_are_read_as_windows_wrote_them_and_control_characters_vanish(
    path: Path,
) -> None:
    told = watched(
        path,
        writing(path, b"Beyonc\xe9 - D\xe9j\xe0 Vu\x00\x1b[0m"),
        writing(path, b"\xff\xfe\xfd" * 1000),
        writing(path, b"a" * 10_000_000),
    )
    assert told[0] is not None
    assert (told[0].artist, told[0].title) == ("Beyoncé", "Déjà Vu [0m")
    assert told[2] is not None
    assert told[2].title == "a" * 200


def test_a_long_line_of_many_bytes_a_character_is_not_torn(path: Path) -> None:
    (now,) = watched(path, writing(path, ("x" + "é" * 5000).encode()))
    assert now is not None
    assert now.title == "x" + "é" * 199


def test_a_file_of_another_evening_says_nothing_until_it_is_written_again(path: Path) -> None:
    def as_of_long_ago() -> None:
        path.write_bytes(b"Old - Song")
        os.utime(path, (1_000_000_000, 1_000_000_000))

    told = watched(path, writing(path, b"New - Song"), as_of_long_ago, writing(path, b"Newer - Song"))
    assert [now and now.artist for now in told] == ["New", None, "Newer"]


def test_a_pipe_a_folder_and_what_may_not_be_read_keep_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ".", "~nobody-of-that-name/x", "missing/x"):
        later = tmp_path / "later"
        later.unlink(missing_ok=True)

        async def run(name: str = name) -> None:
            told: Told = []
            task = asyncio.create_task(
                textfile.watch(lambda _, now: told.append(now), str(tmp_path / name), every_s=0.001)
            )
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert told == []

        asyncio.run(run())
