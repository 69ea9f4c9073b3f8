import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from artvis import logs


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
