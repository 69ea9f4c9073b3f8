"""Money across processes, crashes and restarts: what the purse allows is counted where it is spent, at the server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

import imageserver
import numpy as np
import pytest
from commandline import RunArtvis
from imageserver import ImageServer
from showrun import Shows

HOUR_COUNT = 12  # of the default settings
NO_MONEY_CAPS = {"ARTVIS_BUDGET__PER_DAY_USD": "0", "ARTVIS_BUDGET__PER_MONTH_USD": "0"}


class Painter:
    """`artvis paint` by the network, one process of several at work at once."""

    def __init__(self, env: Mapping[str, str]) -> None:
        command = [
            sys.executable,
            "-m",
            "artvis",
            "paint",
            "--provider",
            "openai",
            "--size",
            "160x96",
            "--json",
        ]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill_9(self) -> None:
        self._process.send_signal(signal.SIGKILL)

    def end(self) -> tuple[int, str, str]:
        """Exit code, stdout and stderr."""
        out, said = self._process.communicate(timeout=60)
        return self._process.returncode, out, said


def paint_in_waves(
    server: ImageServer, env: Mapping[str, str], *, processes: int, seed: int
) -> list[tuple[int, str, str]]:
    """So many painters, one to four at once, about a third killed at any moment of their life; how each ended."""
    chance = np.random.default_rng(seed)
    server.answers = [imageserver.later(0.5)]
    ended: list[tuple[int, str, str]] = []
    while len(ended) < processes:
        calls = len(server.calls)
        wave = [Painter(env) for _ in range(min(int(chance.integers(1, 5)), processes - len(ended)))]
        condemned = [painter for painter in wave if chance.random() < 0.4]
        if chance.random() < 0.6:  # not as it begins, but once a call is under way
            while len(server.calls) == calls and any(painter.is_alive for painter in wave):
                time.sleep(0.01)  # the server gives no sign
        time.sleep(float(chance.uniform(0.0, 0.6)) if condemned else 0.0)  # the moment of the kill
        for painter in condemned:
            painter.kill_9()
        ended += [painter.end() for painter in wave]
    return ended


def left(run_artvis: RunArtvis, env: Mapping[str, str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(run_artvis("usage", "--json", env=env).stdout)["left"]
    return found


@pytest.mark.parametrize("processes", [16, pytest.param(80, marks=pytest.mark.full)])
def test_however_many_paint_and_are_killed_the_server_never_sees_call_13(
    run_artvis: RunArtvis, image_server: ImageServer, processes: int
) -> None:
    env = image_server.env(**NO_MONEY_CAPS)
    ended = paint_in_waves(image_server, env, processes=processes, seed=processes)
    codes = [code for code, _, _ in ended]
    assert len(image_server.calls) <= HOUR_COUNT
    assert set(codes) <= {0, 1, -signal.SIGKILL}
    assert codes.count(0) >= 4
    assert codes.count(-signal.SIGKILL) >= 3
    while ended[-1][0] != 1:  # what the killed have left over
        ended.append(Painter(env).end())
    ended += [painter.end() for painter in [Painter(env) for _ in range(2)]]
    for code, out, said in (*ended[-3:], *(end for end in ended if end[0] == 1)):
        assert (code, out) == (1, "")
        assert said.startswith(f"artvis: The cap of {HOUR_COUNT} paid pictures an hour is reached")
    assert len(image_server.calls) <= HOUR_COUNT
    assert left(run_artvis, env)["hour_count"] == 0
    assert run_artvis("library", "verify").rc == 0
    listed = json.loads(run_artvis("library", "list", "--json").stdout)["artworks"]
    assert {json.loads(out)["id"] for code, out, _ in ended if code == 0} <= {row["id"] for row in listed}


@pytest.mark.parametrize("period", ["HOUR", "DAY", "MONTH"])
def test_painters_at_once_never_pass_a_cap_of_money(
    run_artvis: RunArtvis, image_server: ImageServer, period: str
) -> None:
    cap_usd = 0.008  # two of about $0.002, each booked at $0.005 before
    env = image_server.env(**{**NO_MONEY_CAPS, f"ARTVIS_BUDGET__PER_{period}_USD": str(cap_usd)})
    image_server.answers = [imageserver.later(0.3)]
    ended = [painter.end() for painter in [Painter(env) for _ in range(5)]]
    ended += [Painter(env).end() for _ in range(2)]
    costs = [json.loads(out)["cost_usd"] for code, out, _ in ended if code == 0]
    assert costs
    assert all(cost > 0 for cost in costs)
    assert len(costs) == len(image_server.calls)
    assert sum(costs) <= cap_usd
    assert f"(budget.per_{period.lower()}_usd)" in ended[-1][2]
    days = json.loads(run_artvis("usage", "--json", env=env).stdout)["days"]
    assert sum(day["spent_usd"] for day in days) == pytest.approx(sum(costs))


@pytest.mark.window
@pytest.mark.parametrize(
    ("restarts", "cap"), [(4, 2), pytest.param(20, HOUR_COUNT, marks=pytest.mark.full)], ids=["short", "full"]
)
def test_a_show_that_is_killed_and_started_again_never_makes_one_paid_call_too_many(
    shows: Shows, run_artvis: RunArtvis, image_server: ImageServer, restarts: int, cap: int
) -> None:
    env = image_server.env(**NO_MONEY_CAPS)
    if cap != HOUR_COUNT:
        env["ARTVIS_BUDGET__PER_HOUR_COUNT"] = str(cap)
    chance = np.random.default_rng(restarts)
    image_server.answers = [imageserver.later(1.0)]
    words = ("--provider", "openai", "--source", "demo")
    for number in range(restarts):
        calls = len(image_server.calls)
        run = shows.start(*words, env=env)
        run.until(run.is_drawn, 15, "a picture")
        if left(run_artvis, env)["hour_count"]:
            run.until(lambda seen=calls: len(image_server.calls) > seen, 10, "a paid call")
        time.sleep(float(chance.uniform(0.0, 2.0)))  # the moment of the kill: while it waits, keeps, or shows
        run.process.send_signal(signal.SIGKILL)
        run.process.wait()
        assert len(image_server.calls) <= cap, f"restart {number}"
    report = shows.start(*words, seconds=4, env=env).finish()
    assert len(image_server.calls) == cap
    assert [each["code"] for each in report["notices"]] == ["paint-openai"]
    assert f"The cap of {cap} paid pictures an hour is reached" in report["notices"][0]["text"]
    assert report["artworks_shown"] >= 1, "offline art goes on"
    assert left(run_artvis, env)["hour_count"] == 0
    assert run_artvis("library", "verify").rc == 0
