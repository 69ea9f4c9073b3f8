import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from artvis import logs
from artvis.errors import InputError


@pytest.fixture(autouse=True)
def _logging_ends() -> Iterator[None]:
    yield
    logs.stop_logging()


def _written(folder: Path) -> str:
    return (folder / logs.FILE_NAME).read_text(encoding="utf-8")


def test_the_log_makes_its_folder_and_names_thread_and_module(tmp_path: Path) -> None:
    logs.start_logging(tmp_path / "logs")
    logging.getLogger("artvis.somewhere").info("begun")
    assert "INFO" in _written(tmp_path / "logs")
    assert "MainThread artvis.somewhere: begun" in _written(tmp_path / "logs")


def test_starting_twice_writes_each_line_once(tmp_path: Path) -> None:
    logs.start_logging(tmp_path)
    logs.start_logging(tmp_path)
    logging.getLogger("artvis").warning("only once")
    assert _written(tmp_path).count("only once") == 1


def test_all_log_files_together_stay_under_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_FILE_BYTES", 2000)
    logs.start_logging(tmp_path)
    for number in range(500):
        logging.getLogger("artvis").info("line %d", number)
    files = list(tmp_path.iterdir())
    assert len(files) == logs.OLD_FILES + 1
    assert sum(file.stat().st_size for file in files) <= 2000 * (logs.OLD_FILES + 1)
    assert "line 499" in _written(tmp_path)


def test_no_line_is_lost_where_two_processes_write_a_log_that_turns_over(tmp_path: Path) -> None:
    code = """
import logging, pathlib, sys
from artvis import logs
logs.MAX_FILE_BYTES = 10_000
logs.start_logging(pathlib.Path(sys.argv[1]))
for line in sys.stdin:
    logging.getLogger("artvis").info("wrote %s.", line.strip())
    print("done", flush=True)
"""
    words = [sys.executable, "-c", code, str(tmp_path)]
    writers = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for number in range(720):
        writer = writers[number % 20 == 0]  # the one writes much, the other little
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(f"{number}\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "done\n"
    for writer in writers:
        writer.communicate(timeout=20)
    files = list(tmp_path.iterdir())
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [number for number in range(720) if f"wrote {number}." not in written] == []
    assert 3 <= len(files) <= logs.OLD_FILES + 1


@pytest.mark.parametrize(
    "secret",
    [
        "Authorization: Bearer hunter2hunter2",
        "Incorrect API key provided: sk-hunter2hunter2.",
        "GET /v1/models?key=hunter2hunter2&page=1",
        "api_key='hunter2hunter2'",
        "no route to http://user:hunter2hunter2@localhost:7860/",
    ],
)
def test_nothing_that_looks_like_a_key_is_readable_in_the_log(tmp_path: Path, secret: str) -> None:
    logs.start_logging(tmp_path)
    logging.getLogger("artvis").error("it said: %s", secret)
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        logging.getLogger("artvis").exception("and with a traceback")
    assert "hunter2" not in _written(tmp_path)
    assert _written(tmp_path).count("***") >= 2


def test_a_folder_that_cannot_be_made_leaves_the_log_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    logs.start_logging(tmp_path / "file")
    logging.getLogger("artvis").error("still heard")
    said = capsys.readouterr().err
    assert "no log file" in said
    assert "still heard" in said


def test_what_nobody_catches_in_a_thread_a_slot_or_a_destructor_ends_in_the_log(tmp_path: Path) -> None:
    logs.start_logging(tmp_path)
    told: list[None] = []
    before = sys.excepthook, threading.excepthook, sys.unraisablehook

    def breaks() -> None:
        raise RuntimeError("of a thread")

    with logs.catching_the_uncaught(lambda: told.append(None)):
        for _ in range(3):
            thread = threading.Thread(target=breaks, name="painting-9")
            thread.start()
            thread.join()
        sys.excepthook(ValueError, ValueError("of a slot"), None)
        Breaking().__del__  # noqa: B018 - it is there; the object goes at the end of this line
    written = _written(tmp_path)
    assert written.count("RuntimeError: of a thread") == 1, "the same fault is said once a minute"
    assert "in painting-9" in written
    assert "ValueError: of a slot" in written
    assert "KeyError: 'of a destructor'" in written
    assert len(told) == 3
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


class Breaking:
    def __del__(self) -> None:
        raise KeyError("of a destructor")


def test_a_bug_that_ends_the_program_is_logged_and_a_sentence_is_not(tmp_path: Path) -> None:
    logs.start_logging(tmp_path)
    with pytest.raises(ZeroDivisionError), logs.catching_the_uncaught(lambda: None):
        raise ZeroDivisionError("a bug")
    with pytest.raises(InputError), logs.catching_the_uncaught(lambda: None):
        raise InputError("There is no such file.")
    assert "ZeroDivisionError: a bug" in _written(tmp_path)
    assert "no such file" not in _written(tmp_path)
