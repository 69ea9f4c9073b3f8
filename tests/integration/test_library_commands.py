"""`artvis library`, `artvis vote` and `artvis usage` from outside."""

import json
import sqlite3
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from commandline import Ran, RunArtvis

from artvis.cli.main import main
from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, impressions, sessions
from artvis.queue.store import Store


class Home:
    """A home with three artworks, the oldest of them seen, made two hours ago."""

    def __init__(self, data: Path) -> None:
        self.data = data
        store = Store(data)
        self.now_ms = int(time.time() * 1000)
        self.session = store.run(sessions.canonical, proposal=None, now_ms=self.now_ms).id
        self.ids = [self._make(store, self.now_ms - 7_200_000 + n) for n in range(3)]
        store.run(impressions.record, artwork_id=self.ids[0], session_id=self.session, now_ms=self.now_ms)
        store.close()

    def _make(self, store: Store, now_ms: int) -> str:
        begun = store.run(artworks.begin, session_id=self.session, now_ms=now_ms)
        sha256 = store.blobs.put(begun.encode())
        store.run(
            artworks.complete,
            begun,
            sha256=sha256,
            size_bytes=36,
            width=1536,
            height=864,
            detail=ArtworkDetail("painter", seed=7, prompt="A lake", palette=("#000000",), reasons=("calm",)),
            now_ms=now_ms,
        )
        return begun


@pytest.fixture
def artvis(artvis_home: Path, capsys: pytest.CaptureFixture[str]) -> RunArtvis:
    """The command line in this process, which is many times faster than in one of its own."""

    def run(*words: str | Path, env: Mapping[str, str] | None = None, timeout: float = 60) -> Ran:
        assert (env, timeout) == (None, 60)
        capsys.readouterr()
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture
def used(artvis_home: Path) -> Home:
    return Home(artvis_home / "data")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("library", "next", "--json"), {"session_id": None, "artworks": []}),
        (("library", "list", "--json"), {"artworks": []}),
        (("usage", "--json"), {"days": [], "left": {"hour_count": 12, "day_usd": 0.5, "month_usd": 5.0}}),
    ],
)
def test_looking_at_a_home_that_was_never_used_makes_nothing(
    artvis: RunArtvis, artvis_home: Path, words: tuple[str, ...], expected: dict[str, object]
) -> None:
    ran = artvis(*words)
    assert (ran.rc, json.loads(ran.stdout), ran.stderr) == (0, expected, "")
    assert not (artvis_home / "data").exists()


def test_next_says_what_comes_and_only_reads(artvis: RunArtvis, used: Home) -> None:
    before = (used.data / "library.db").read_bytes()
    ran = artvis("library", "next", "--json", "--limit", "2")
    assert json.loads(ran.stdout) == {
        "session_id": used.session,
        "artworks": [{"id": used.ids[n], "fresh": False, "rerun": False} for n in (2, 1)],
    }
    every = json.loads(artvis("library", "next", "--session", used.session, "--json").stdout)
    assert every["artworks"][2] == {"id": used.ids[0], "fresh": False, "rerun": True}
    assert (used.data / "library.db").read_bytes() == before


def test_list_and_show_tell_what_is_stored(artvis: RunArtvis, used: Home) -> None:
    listed = json.loads(artvis("library", "list", "--json").stdout)["artworks"]
    assert [row["id"] for row in listed] == used.ids[::-1]
    assert set(listed[0]) == {
        "id",
        "state",
        "provider",
        "created_at",
        "sha256",
        "vote",
        "hidden",
        "session_id",
        "pools",
    }
    made = datetime.fromisoformat(listed[0]["created_at"])
    assert listed[0]["created_at"].endswith("Z")
    assert abs(made.timestamp() * 1000 - (used.now_ms - 7_200_000 + 2)) < 1
    shown = json.loads(artvis("library", "show", used.ids[2], "--json").stdout)
    assert {**shown, **listed[0]} == shown
    assert (shown["seed"], shown["prompt"], shown["palette"], shown["reasons"]) == (
        7,
        "A lake",
        ["#000000"],
        ["calm"],
    )
    assert Path(shown["path"]).read_bytes() == used.ids[2].encode()
    page = json.loads(artvis("library", "list", "--json", "--limit", "1", "--offset", "2").stdout)["artworks"]
    assert [row["id"] for row in page] == [used.ids[0]]


def test_a_vote_is_cast_seen_and_cleared(artvis: RunArtvis, used: Home) -> None:
    assert artvis("vote", used.ids[2], "down").rc == 0
    row = json.loads(artvis("library", "show", used.ids[2], "--json").stdout)
    assert (row["vote"], row["hidden"], row["pools"]) == (-1, True, ["mine"])
    coming = json.loads(artvis("library", "next", "--json").stdout)["artworks"]
    assert [entry["id"] for entry in coming] == [used.ids[1], used.ids[0]]
    assert artvis("vote", used.ids[2], "clear").rc == 0
    coming = json.loads(artvis("library", "next", "--json").stdout)["artworks"]
    assert [entry["id"] for entry in coming] == used.ids[::-1]


def test_deleting_removes_content_and_bytes(artvis: RunArtvis, used: Home) -> None:
    path = Path(json.loads(artvis("library", "show", used.ids[0], "--json").stdout)["path"])
    assert artvis("library", "delete", used.ids[0], "nothing").rc == 2
    assert path.exists()
    assert artvis("library", "delete", used.ids[0]).rc == 0
    assert not path.exists()
    states = json.loads(artvis("library", "list", "--state", "tombstone", "--json").stdout)["artworks"]
    assert [row["id"] for row in states] == [used.ids[0]]
    assert artvis("library", "verify").rc == 0


def test_verify_says_no_until_it_is_repaired(artvis: RunArtvis, used: Home) -> None:
    clean = artvis("library", "verify")
    assert (clean.rc, clean.stdout) == (0, "")
    db = sqlite3.connect(used.data / "library.db")
    db.execute("DELETE FROM unseen_gap")
    db.commit()
    db.close()
    found = artvis("library", "verify")
    assert found.rc == 1
    assert all(line.startswith("gap: ") for line in found.stdout.splitlines())
    repaired = artvis("library", "verify", "--repair")
    assert (repaired.rc, repaired.stdout) == (0, "")
    assert "Mended" in repaired.stderr


def test_a_library_that_is_no_database_is_a_finding_and_for_others_a_sentence(
    artvis: RunArtvis, used: Home
) -> None:
    (used.data / "library.db").write_bytes(b"what is this" * 1000)
    for words in (("library", "verify"), ("library", "verify", "--repair")):
        ran = artvis(*words)
        assert ran.rc == 1
        assert ran.stdout.startswith("unreadable: ")
    for words in (("library", "list"), ("vote", used.ids[0], "up")):
        ran = artvis(*words)
        assert (ran.rc, ran.stdout) == (2, "")
        assert len(ran.stderr.splitlines()) == 1


def test_a_newer_library_is_refused_by_every_command(artvis: RunArtvis, used: Home) -> None:
    db = sqlite3.connect(used.data / "library.db")
    db.execute("PRAGMA user_version=99")
    db.close()
    for words in (("library", "next"), ("library", "verify"), ("usage",), ("vote", used.ids[0], "up")):
        ran = artvis(*words)
        assert (ran.rc, ran.stdout) == (2, "")
        assert "newer artvis" in ran.stderr
        assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("library", "show", "nothing"),
        ("library", "delete", "nothing"),
        ("library", "next", "--session", "nothing"),
        ("library", "next", "--limit", "0"),
        ("library", "list", "--limit", "many"),
        ("library", "list", "--offset", "-1"),
        ("library", "list", "--state", "rotten"),
        ("vote", "nothing", "up"),
        ("vote", "nothing", "sideways"),
        ("library",),
    ],
)
def test_bad_use_is_one_sentence_and_makes_no_library(
    artvis: RunArtvis, artvis_home: Path, words: tuple[str, ...]
) -> None:
    ran = artvis(*words)
    assert (ran.rc, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert not (artvis_home / "data").exists()


def test_the_numbers_are_for_people_and_for_programs(artvis: RunArtvis, used: Home) -> None:
    assert json.loads(artvis("library", "stats", "--json").stdout)["live"] == 3
    assert "live" in artvis("library", "stats").stdout
    days = json.loads(artvis("usage", "--json").stdout)["days"]
    assert sum(day["made"] for day in days) == 3
    assert sum(day["shown"] for day in days) == 1
    text = artvis("usage").stdout
    assert "painter" in text
    assert "12 paid pictures" in text


def test_what_votes_have_taught_is_shown_forgotten_and_brought_back(artvis: RunArtvis, used: Home) -> None:
    assert artvis("taste", "undo").rc == 1
    assert "No votes yet" in artvis("taste", "show").stdout
    artvis("vote", used.ids[0], "up")
    once = artvis("taste", "show", "--json").stdout
    artvis("vote", used.ids[1], "down")
    twice = artvis("taste", "show", "--json").stdout
    assert json.loads(twice)["votes"] == 2
    assert "2 votes: 1 loved, 1 never again." in artvis("taste", "show").stdout
    assert artvis("taste", "reset").rc == 0
    assert json.loads(artvis("taste", "show", "--json").stdout)["weights"] == []
    assert artvis("library", "next", "--json").stdout.count(used.ids[1]) == 0
    assert artvis("taste", "undo").rc == 0
    assert artvis("taste", "show", "--json").stdout == twice
    assert used.ids[1] in artvis("taste", "undo").stdout
    assert artvis("taste", "show", "--json").stdout == once


def test_a_template_that_names_a_list_takes_a_line_of_it(
    artvis: RunArtvis, artvis_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTVIS_ART__TEMPLATE", "a fox in __place__")
    missing = artvis("paint", "--prompt-only")
    assert (missing.rc, missing.stdout) == (2, "")
    assert "place.txt" in missing.stderr
    lists = artvis_home / "config" / "wildcards"
    lists.mkdir(parents=True)
    (lists / "place.txt").write_text("a quiet harbour\n", encoding="utf-8")
    assert "a fox in a quiet harbour" in artvis("paint", "--prompt-only").stdout


def test_every_action_has_its_help_and_an_example(artvis: RunArtvis) -> None:
    ran = artvis("vote", "--help")
    assert ran.rc == 0
    assert "example: artvis vote" in ran.stdout
    for action in ("show", "reset", "undo"):
        assert f"example: artvis taste {action}" in artvis("taste", action, "--help").stdout
    for action in ("next", "list", "show", "stats", "verify", "delete"):
        assert "example: artvis library" in artvis("library", action, "--help").stdout


def test_the_commands_run_in_a_process_of_their_own(run_artvis: RunArtvis, used: Home) -> None:
    assert run_artvis("vote", used.ids[0], "up").rc == 0
    assert json.loads(run_artvis("library", "stats", "--json").stdout)["loved"] == 1
