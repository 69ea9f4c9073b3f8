"""What sound in costs and how fast it recovers, on a private sound server: `python benchmarks/capture.py`.

The ring against a lock and a deque as the baseline; both rungs of capture; following, pulling out, restarting.
"""

import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
from soundserver import MAIN, SECOND, SoundServer

from artvis.audio.capture import PortAudioStream
from artvis.audio.demo import arrangement
from artvis.audio.demosource import demo_track
from artvis.audio.devices import Wish
from artvis.audio.follower import PulseFollower
from artvis.audio.live import LiveSource, Rung
from artvis.audio.parec import ParecStream
from artvis.audio.ring import Ring

SECONDS = 5.0
TURNS = 5


def main() -> None:
    ring()
    demo()
    with tempfile.TemporaryDirectory(prefix="artvis-bench-") as folder:
        server = SoundServer(Path(folder))
        os.environ.update(server.env)
        server.start()
        for name, rung in (("sounddevice", PortAudioStream), ("parec", ParecStream)):
            cpu(name, rung)
        recovery(server)
        server.stop()


def ring() -> None:
    block = np.zeros((512, 2), np.float32)
    count = 50_000
    ours = Ring()
    kept: deque[np.ndarray] = deque(maxlen=200)
    lock = threading.Lock()

    def through_ring() -> None:
        ours.write(block)
        ours.skip_to_latest(0)

    def through_deque() -> None:
        with lock:
            kept.append(block.copy())

    for name, act in (("ring.write", through_ring), ("deque with a lock, baseline", through_deque)):
        print(
            f"{name:<30} {1e6 * _cpu_s(lambda act=act: [act() for _ in range(count)]) / count:.2f} µs a block"
        )


def demo() -> None:
    print(f"{'demo, first four bars':<30} {_cpu_s(lambda: arrangement.chunk(0)):.2f} CPU s")
    print(f"{'demo, the whole minute':<30} {_cpu_s(demo_track):.2f} CPU s")


def cpu(name: str, rung: Rung) -> None:
    source = LiveSource(Wish("system"), (rung,), follower=PulseFollower(Wish("system")))
    sink = Ring()
    begun_s = time.monotonic()
    source.start(sink, print)
    while source.stats().blocks == 0:
        time.sleep(0.001)
    first_s = time.monotonic() - begun_s
    before_s, blocks = _all_cpu_s(), source.stats().blocks
    time.sleep(SECONDS)
    stats = source.stats()
    used_s = _all_cpu_s() - before_s
    source.stop()
    if name == "parec":
        used_s = _all_cpu_s() - before_s  # a child is counted once it has ended
    share = 100 * used_s / SECONDS
    print(
        f"{name:<30} first block {1e3 * first_s:.0f} ms, {share:.1f} % of a core, latency {stats.latency_ms} ms as reported, "
        f"{(stats.blocks - blocks) / SECONDS:.1f} blocks/s, {stats.gaps_over_100ms} gaps"
    )


def recovery(server: SoundServer) -> None:
    source = LiveSource(
        Wish("system"), (PortAudioStream, ParecStream), follower=PulseFollower(Wish("system"))
    )
    source.start(Ring(), lambda _: None)
    _await(lambda: source.stats().blocks > 20)
    follows, pulls, restarts = [], [], []
    for _ in range(TURNS):
        for sink in (SECOND, MAIN):
            server.default(sink)
            follows.append(_await(lambda sink=sink: source.id == f"system:{sink}"))
        server.unplug(MAIN)
        pulls.append(_await(lambda: source.id == f"system:{SECOND}"))
        blocks = source.stats().blocks
        pulls[-1] += _await(lambda blocks=blocks: source.stats().blocks > blocks)
        server.plug(MAIN)
        server.default(MAIN)
        _await(lambda: source.id == f"system:{MAIN}")
        server.stop()
        time.sleep(1.0)
        server.start()
        blocks = source.stats().blocks
        restarts.append(_await(lambda blocks=blocks: source.stats().blocks > blocks))
    source.stop()
    for name, times in (
        ("new default noticed", follows),
        ("sink pulled out", pulls),
        ("server restarted", restarts),
    ):
        print(f"{name:<30} median {1e3 * statistics.median(times):.0f} ms, worst {1e3 * max(times):.0f} ms")


def _await(condition: Callable[[], bool]) -> float:
    begun_s = time.monotonic()
    while not condition():
        if time.monotonic() - begun_s > 20:
            raise RuntimeError("nothing came back in 20 s")
        time.sleep(0.001)
    return time.monotonic() - begun_s


def _cpu_s(act: Callable[[], object]) -> float:
    before_s = time.process_time()
    act()
    return time.process_time() - before_s


def _all_cpu_s() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
