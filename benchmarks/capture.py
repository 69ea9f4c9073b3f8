"""What sound in costs, how late it is and how fast it recovers: `python benchmarks/capture.py [--repeats 20] [-o FILE.md]`.

On a private PulseAudio and a private PipeWire, over both rungs. It measures, and judges nothing but its own targets.
"""

import argparse
import faulthandler
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
from pulseplayer import RATE_HZ, PulsePlayer
from soundserver import MAIN, SECOND, PipeWireServer, SoundServer

from artvis.audio.capture import PortAudioStream
from artvis.audio.devices import Wish
from artvis.audio.follower import PulseFollower
from artvis.audio.live import LiveSource, Rung
from artvis.audio.parec import ParecStream
from artvis.audio.pulse import PulseLink
from artvis.audio.ring import Ring
from artvis.model.music import Samples

SERVERS = {"PulseAudio": SoundServer, "PipeWire": PipeWireServer}
RUNGS: dict[str, Rung] = {"PortAudio": PortAudioStream, "parec": ParecStream}
CLICK_EVERY = 4736  # samples, 107 ms: no multiple of a block, so that clicks lie everywhere in one
PIECE = 128
CPU_SECONDS = 10.0
GIVE_UP_S = 20.0
TONE_PEAK = 0.05
TONES_HZ = {MAIN: 430.664, SECOND: 861.328}  # bins 5 and 10 of a block


@dataclass(frozen=True)
class Row:
    """One figure: times in ms but for CPU (% of a core) and counts; `limit` is what listening has to keep."""

    server: str
    rung: str
    what: str
    values: tuple[float, ...]
    limits: tuple[float | None, float | None] = (None, None)
    unit: str = "ms"

    @property
    def kept(self) -> bool:
        found = (statistics.median(self.values), max(self.values))
        return all(limit is None or value <= limit for value, limit in zip(found, self.limits, strict=True))

    def line(self) -> str:
        limits = " / ".join("" if limit is None else f"{limit:g}" for limit in self.limits)
        verdict = "yes" if self.kept else "**no**"
        return (
            f"| {self.server} | {self.rung} | {self.what} | {statistics.median(self.values):.1f} "
            f"| {max(self.values):.1f} | {limits} {self.unit} | {len(self.values)} | {verdict} |"
        )


class Ear(Ring):
    """A ring that empties itself and notes when clicks and tones came in."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks_s: list[float] = []
        self.wanted_bin = 0
        self.heard = threading.Event()

    def write(self, block: Samples) -> bool:
        if self.wanted_bin:
            spectrum = np.abs(np.fft.rfft(block[:, 0] * np.hanning(len(block)))) / (len(block) / 4)
            if spectrum[self.wanted_bin] > TONE_PEAK:
                self.heard.set()
        elif np.abs(block[:, 0]).max() > 0.4:
            self.clicks_s.append(time.monotonic())
        self.skip_to_latest(0)
        return super().write(block)

    def listen_for(self, frequency_hz: float) -> None:
        self.heard.clear()
        self.wanted_bin = round(frequency_hz * 512 / RATE_HZ)


class Tones:
    """A tone of its own in each sink. They move with the default output, so each measurement begins anew."""

    def __init__(self, server: SoundServer, folder: Path) -> None:
        self._server = server
        self._players: list[subprocess.Popen[bytes]] = []
        self._files = {sink: folder / f"{sink}.raw" for sink in TONES_HZ}
        t = np.arange(60 * RATE_HZ) / RATE_HZ
        for sink, frequency_hz in TONES_HZ.items():
            tone = 0.25 * np.sin(2 * np.pi * frequency_hz * t)
            self._files[sink].write_bytes(np.repeat(tone, 2).astype(np.float32).tobytes())

    def begin(self) -> None:
        self.end()
        words = ["--raw", "--format=float32le", "--rate=44100", "--channels=2", "--latency-msec=60"]
        for sink, file in self._files.items():
            command = ["pacat", "--playback", *words, f"--device={sink}", str(file)]
            self._players.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))

    def end(self) -> None:
        for player in self._players:
            player.kill()
            player.wait()
        self._players.clear()


def live(rung: Rung, wish: Wish | None = None) -> LiveSource:
    wish = wish or Wish("system")
    return LiveSource(wish, (rung,), follower=PulseFollower(wish))


@contextmanager
def listening(rung: Rung) -> Iterator[tuple[LiveSource, Ear]]:
    source, ear = live(rung), Ear()
    source.start(ear, lambda _notice: None)
    try:
        until(lambda: source.stats().blocks > 20)
        yield source, ear
    finally:
        source.stop()


def until(condition: Callable[[], bool], tick_s: float = 0.001) -> float:
    begun_s = time.monotonic()
    while not condition():
        if time.monotonic() - begun_s > GIVE_UP_S:
            faulthandler.dump_traceback()
            raise RuntimeError(f"nothing came in {GIVE_UP_S} s")
        time.sleep(tick_s)
    return 1e3 * (time.monotonic() - begun_s)


def latency(rung: Rung, clicks: int) -> tuple[list[float], float]:
    """From being taken in by the sink to being in the ring, ms, for each click; and what the source says itself."""
    played_s: list[float] = []
    held_s: list[float] = []
    with listening(rung) as (source, ear), PulsePlayer(MAIN, buffer_ms=100) as player, PulseLink() as link:
        piece, at = np.zeros((PIECE, 2), np.float32), 0
        while len(played_s) < clicks + 5:
            piece[:] = 0.0
            if at // CLICK_EVERY != (at + PIECE) // CLICK_EVERY:
                piece[0] = 0.8
                played_s.append(time.monotonic() + player.delay_s())
                held_s.append(link.early_s(f"{MAIN}.monitor"))
            player.write(piece)
            at += PIECE
        time.sleep(0.3)
        stats = source.stats()
    early_ms = 1e3 * statistics.median(held_s)  # a monitor has the sound when the sink takes it in
    hits = np.array(ear.clicks_s)
    found = []
    for at_s in played_s[5:]:
        distances = hits - at_s
        near = distances[np.abs(distances) < 0.06]
        if near.size:
            found.append(1e3 * float(near[np.argmin(np.abs(near))]) + early_ms)
    return found, stats.latency_ms


def cpu(rung: Rung) -> tuple[float, int, int]:
    """% of a core with all its threads and children, dropped blocks, and gaps."""
    before_s = all_cpu_s()
    with listening(rung) as (source, _):
        steady_s, wall_s = all_cpu_s(), time.monotonic()
        time.sleep(CPU_SECONDS)
        used_s, took_s = all_cpu_s() - steady_s, time.monotonic() - wall_s
        stats = source.stats()
    if rung is ParecStream:  # a child is counted once it has ended
        used_s = all_cpu_s() - before_s
        took_s = time.monotonic() - wall_s
    return 100 * used_s / took_s, stats.dropped, stats.gaps_over_100ms


def all_cpu_s() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Recoveries:
    """How long it takes until there is sound again, ms, after each of the things that happen to sound servers."""

    def __init__(self, server: SoundServer, rung: Rung, folder: Path) -> None:
        self._server = server
        self._tones = Tones(server, folder)
        self._source, self._ear = live(rung), Ear()
        self._said: list[str] = []
        self._source.start(self._ear, lambda notice: self._said.append(notice.code))

    def close(self) -> None:
        self._tones.end()
        self._source.stop()

    def default_changed(self) -> float:
        self._on_main()
        begun_s = time.monotonic()
        self._server.default(SECOND)
        return self._until_second_is_heard(begun_s)

    def device_removed(self) -> float:
        self._on_main()
        begun_s = time.monotonic()
        self._server.unplug(MAIN)
        return self._until_second_is_heard(begun_s)

    def server_restarted(self) -> float:
        self._on_main()
        self._tones.end()
        self._server.stop()
        time.sleep(1.0)
        blocks = self._source.stats().blocks
        self._server.start()
        return until(lambda: self._source.stats().blocks > blocks)

    def server_frozen(self) -> float:
        self._on_main()
        self._said.clear()
        begun_s = time.monotonic()
        self._server.freeze()
        until(lambda: "audio-lost" in self._said)
        took_s = time.monotonic() - begun_s
        self._server.thaw()
        until(lambda: "audio-back" in self._said)
        return 1e3 * took_s

    def resumed(self) -> float:
        self._on_main()
        self._source.pause()
        until(lambda: not self._server.recorders(), 0.02)
        blocks = self._source.stats().blocks
        self._source.resume()
        return until(lambda: self._source.stats().blocks > blocks)

    def _on_main(self) -> None:
        """Its tone, and not the other one, is heard."""
        self._tones.end()
        self._server.plug(MAIN)
        self._server.plug(SECOND)
        self._server.default(MAIN)
        until(lambda: self._source.id == f"system:{MAIN}")
        self._tones.begin()
        self._ear.listen_for(TONES_HZ[MAIN])
        until(self._ear.heard.is_set)

    def _until_second_is_heard(self, begun_s: float) -> float:
        self._ear.listen_for(TONES_HZ[SECOND])
        until(self._ear.heard.is_set, 0.0005)
        return 1e3 * (time.monotonic() - begun_s)


def rows_of(name: str, rung_name: str, folder: Path, repeats: int) -> Iterator[Row]:
    rung = RUNGS[rung_name]
    server = SERVERS[name](folder)
    os.environ.update(server.env)
    server.start()
    try:
        delays, said_ms = latency(rung, 5 * repeats)
        off_ms = abs(statistics.median(delays) - said_ms)
        share, dropped, gaps = cpu(rung)
        yield Row(name, rung_name, "sink to ring", tuple(delays), (15, 40))
        yield Row(name, rung_name, f"its own figure ({said_ms:g} ms) is off by", (off_ms,), (None, 5))
        yield Row(name, rung_name, "CPU", (share,), (None, 5), "% of a core")
        yield Row(name, rung_name, "blocks dropped in 10 s", (dropped,), (None, 0), "")
        yield Row(name, rung_name, "gaps over 100 ms in 10 s", (gaps,), (None, None), "")
        recoveries = Recoveries(server, rung, folder)
        for what, once, limit in (
            ("default changed, its sound", recoveries.default_changed, 250),
            ("output removed, sound of the next", recoveries.device_removed, 500),
            ("server answers again, sound", recoveries.server_restarted, 2000),
            ("server hangs, noticed", recoveries.server_frozen, 500),
            ("resumed, sound", recoveries.resumed, 250),
        ):
            yield Row(name, rung_name, what, tuple(once() for _ in range(repeats)), (None, limit))
        recoveries.close()
    finally:
        server.thaw()
        server.stop()


def costs() -> Iterator[str]:
    block = np.zeros((512, 2), np.float32)
    count = 50_000
    ours = Ring()
    kept: deque[Samples] = deque(maxlen=200)
    lock = threading.Lock()

    def through_ring() -> None:
        ours.write(block)
        ours.skip_to_latest(0)

    def through_deque() -> None:
        with lock:
            kept.append(block.copy())

    for name, act in (("`ring.write`", through_ring), ("a deque with a lock (baseline)", through_deque)):
        before_s = time.process_time()
        for _ in range(count):
            act()
        yield f"| {name} | {1e6 * (time.process_time() - before_s) / count:.2f} µs a block |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("-o", type=Path, help="a file for the table")
    parser.add_argument("--server", choices=list(SERVERS), action="append")
    parser.add_argument("--rung", choices=list(RUNGS), action="append")
    args = parser.parse_args()
    lines = ["| server | rung | what | median | worst | may be (median / worst) | times | kept |"]
    lines.append("|---|---|---|---:|---:|---|---:|---|")
    print("\n".join(lines), flush=True)
    for server in args.server or SERVERS:
        for rung in args.rung or RUNGS:
            with tempfile.TemporaryDirectory(prefix="artvis-bench-") as folder:
                for row in rows_of(server, rung, Path(folder), args.repeats):
                    lines.append(row.line())
                    print(lines[-1], flush=True)
    lines += ["", "| cost | |", "|---|---:|", *costs()]
    print("\n".join(lines[-2:]))
    if args.o:
        args.o.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
