"""The library when its process is killed, when two use it at once, and when the disk is full."""

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from artvis.queue import artworks, maintenance, usage
from artvis.queue.store import Store

SUPPORT = Path(__file__).parents[1] / "support"


class Promises:
    """What the processes said is done; every word of it must be found in the library."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}
        self.failed: set[str] = set()
        self.seen: set[tuple[str, int]] = set()
        self.votes: dict[str, set[int]] = {}  # the last acknowledged value, and those asked for since
        self.booked: set[int] = set()

    def hear(self, line: str) -> None:
        match line.split():
            case ["made", artwork_id, sha256]:
                self.made[artwork_id] = sha256
            case ["failed", artwork_id]:
                self.failed.add(artwork_id)
            case ["seen", artwork_id, showing]:
                self.seen.add((artwork_id, int(showing)))
            case ["will", "vote", artwork_id, value]:
                self.votes.setdefault(artwork_id, {0}).add(int(value))
            case ["voted", artwork_id, value]:
                self.votes[artwork_id] = {int(value)}
            case ["booked", booking]:
                self.booked.add(int(booking))

    def join(self, other: "Promises") -> None:
        """Those of another process, at work at the same time: whose vote came last cannot be told."""
        self.made |= other.made
        self.failed |= other.failed
        self.seen |= other.seen
        self.booked |= other.booked
        for artwork_id, values in other.votes.items():
            self.votes[artwork_id] = self.votes.get(artwork_id, set()) | values

    def broken(self, folder: Path) -> list[str]:
        store = Store(folder)
        stored = {artwork.id: artwork for artwork in store.run(artworks.list_artworks, limit=100_000)}
        showings = set(
            store.run(
                lambda db: db.execute("SELECT id,showing_id FROM showing JOIN artwork USING(aid)").fetchall()
            )
        )
        bookings = store.run(lambda db: db.execute("SELECT reservation_id FROM reservation").fetchall())
        pending = store.run(artworks.pending)
        store.close()
        broken = [f"made {name}" for name, sha in self.made.items() if stored[name].sha256 != sha]
        broken += [f"failed {name}" for name in self.failed if name in stored]
        broken += [f"vote {name}" for name, values in self.votes.items() if stored[name].vote not in values]
        broken += [f"seen {pair}" for pair in self.seen - showings]
        broken += [f"booked {booking}" for booking in self.booked - {row[0] for row in bookings}]
        return broken + [f"placeholder {name}" for name in pending]


def _work(folder: Path, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, SUPPORT / "library_worker.py", folder, str(seed)], stdout=subprocess.PIPE, text=True
    )


def _killed_after(worker: subprocess.Popen[str], lines: int, delay_s: float) -> list[str]:
    """What it said until it was killed, that many lines and that much time after its start."""
    heard: list[str] = []
    assert worker.stdout is not None
    for line in worker.stdout:
        heard.append(line)
        if len(heard) == lines:
            # not at a line's end but somewhere in the next write
            time.sleep(delay_s)
            worker.send_signal(signal.SIGKILL)
    worker.stdout.close()
    assert worker.wait() == -signal.SIGKILL
    return [line for line in heard if line.endswith("\n")]


def _rounds(folder: Path, rounds: int, seed: int) -> Promises:
    promises = Promises()
    chance = random.Random(seed)
    for number in range(rounds):
        worker = _work(folder, seed + number)
        for line in _killed_after(worker, chance.randrange(1, 60), chance.random() * 0.02):
            promises.hear(line)
        assert [finding.text for finding in maintenance.verify(folder) if not finding.note] == []
        assert promises.broken(folder) == [], f"round {number}"
        assert maintenance.verify(folder) == []
    return promises


def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path) -> None:
    promises = _rounds(tmp_path, 6, 1)
    assert promises.made
    assert promises.votes


@pytest.mark.full
def test_nothing_acknowledged_is_lost_to_200_times_kill_9(tmp_path: Path) -> None:
    _rounds(tmp_path, 200, 1000)


def test_two_processes_write_one_library_and_one_is_killed(tmp_path: Path) -> None:
    Store(tmp_path).close()
    workers = [_work(tmp_path, seed) for seed in (1, 2)]
    heard: list[list[str]] = [[], []]

    def listen(n: int, lines: int) -> None:
        heard[n] = _killed_after(workers[n], lines, 0.003)

    threads = [threading.Thread(target=listen, args=(n, lines)) for n, lines in enumerate((40, 90))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(lines) >= least for lines, least in zip(heard, (40, 90), strict=True)] == [True, True]
    promises, other = Promises(), Promises()
    for line in heard[0]:
        promises.hear(line)
    for line in heard[1]:
        other.hear(line)
    promises.join(other)
    assert promises.broken(tmp_path) == []
    assert maintenance.verify(tmp_path) == []


def test_two_first_starts_at_once_make_one_library(tmp_path: Path) -> None:
    for n in range(3):
        folder = tmp_path / str(n)
        workers = [_work(folder, seed) for seed in (1, 2)]
        said = [_killed_after(worker, 1, 0.0) for worker in workers]
        assert all(said)
        store = Store(folder)
        assert store.run(lambda db: db.execute("SELECT COUNT(*) FROM session").fetchone()) == (1,)
        store.close()


def test_booked_money_stays_booked_across_kill_9(tmp_path: Path) -> None:
    code = (
        "import os,sys,time,pathlib\n"
        "from artvis.model.sections import BudgetSection\n"
        "from artvis.queue import usage\n"
        "from artvis.queue.store import Store\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "answer = store.run(usage.reserve, provider='openai', artwork_id='', estimate_usd=.01,"
        " caps=BudgetSection(per_hour_count=3), now_ms=int(time.time()*1000))\n"
        "print(isinstance(answer, usage.Reservation), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    allowed = [
        subprocess.run(
            [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
        ).stdout
        for _ in range(5)
    ]
    assert allowed == ["True\n"] * 3 + ["False\n"] * 2
    store = Store(tmp_path)
    spent = store.run(usage.spent, int(time.time() * 1000))
    store.close()
    assert (spent.hour_count, spent.day_microusd) == (3, 30_000)


def test_a_full_disk_loses_nothing_and_takes_votes(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs unshare to mount a small disk")
    command = 'mount -t tmpfs -o size=6m none "$1" || exit 77; exec "$2" "$3" "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", command, "sh", tmp_path, sys.executable, SUPPORT / "full_disk.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("may not mount a small disk here")
    assert "Traceback" not in done.stderr
    assert "the library's reserve is given up" in done.stderr
    told = json.loads(done.stdout)
    assert told["made"] > 5
    assert told == {**told, "kept": True, "votes": told["made"], "findings": []}
    assert "the disk is full" in told["sentence"]
