"""How soon sound is seen and a source changed, and what the open list costs: `python benchmarks/source_list.py`.

The parts of a show without its window, on a private sound server with music on both outputs. Ask for more repeats or
outputs with `--repeats 20 --outputs 20`. The baseline of the cost is the same show with the list closed.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
from soundserver import MAIN, SECOND, SoundServer

from artvis.audio.demo import arrangement
from artvis.audio.meters import SourceMeters
from artvis.audio.sources import list_sources
from artvis.model.command import ListMove
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.model.notice import Notice
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.sound import Sound
from artvis.pipeline.sourcechooser import ChooserPorts, SourceChooser

FRAME_S = 1 / 60
COST_S = 5.0


class Show:
    """Sound and list, ticked as a window does it."""

    def __init__(self, source: str = "auto") -> None:
        self.heard = Latest(Heard())
        self.notices: list[Notice] = []
        self.sound = Sound(source, heard=self.heard, on_notice=self.notices.append, deep=None)
        self.chooser = SourceChooser(
            ChooserPorts(
                look=list_sources,
                meters=SourceMeters,
                current=lambda: self.sound.source_id,
                spec=lambda: self.sound.spec,
                choose=lambda row: self.sound.choose(row.spec, lambda _: None),
                hears=self.sound.hears,
            )
        )
        self.levels: tuple[float | None, ...] = ()

    def rows(self) -> int:
        seen = self.chooser.seen()
        return len(seen.rows) if seen else 0

    def took_s(self, condition: Callable[[], bool], within_s: float = 10.0) -> float:
        """How long until it holds, in video frames."""
        begun_s = time.monotonic()
        while not condition():
            if time.monotonic() - begun_s > within_s:
                raise TimeoutError
            time.sleep(FRAME_S)
            self.levels = self.chooser.levels(FRAME_S, 0.0) if self.rows() else ()
        return time.monotonic() - begun_s

    def metered(self) -> int:
        return sum(1 for level in self.levels if level)

    def stop(self) -> None:
        self.chooser.stop()
        self.sound.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--outputs", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="artvis-bench-") as folder:
        server = SoundServer(Path(folder))
        os.environ.update(server.env)
        server.start()
        players = [server.play(_music(Path(folder)), sink=sink) for sink in (MAIN, SECOND)]
        try:
            times(asked.repeats)
            quiet(server)
            cost(server, asked.outputs)
        finally:
            for player in players:
                player.kill()
                player.wait()
            server.stop()


def times(repeats: int) -> None:
    """From the start, the key and the choice to what is seen of them."""
    found = [_one_run() for _ in range(repeats)]
    for name in found[0]:
        values = [1e3 * run[name] for run in found]
        print(f"{name:<26} median {statistics.median(values):5.0f} ms, worst {max(values):5.0f}")


def _one_run() -> dict[str, float]:
    show = Show()
    show.sound.start()
    took = {"start to level": show.took_s(lambda: show.heard.get().state.level > 0.0)}
    show.chooser.toggle()
    took["key A to rows"] = show.took_s(lambda: show.rows() >= 3)
    took["key A to both meters"] = took["key A to rows"] + show.took_s(lambda: show.metered() >= 2)
    show.chooser.press(ListMove.DOWN)
    show.chooser.press(ListMove.CHOOSE)
    changed_s = show.took_s(lambda: show.sound.source_id.endswith(SECOND))
    opened_s = time.monotonic()
    heard_s = show.took_s(lambda: show.heard.get().at_s > opened_s)
    took["Enter to the other source"] = changed_s + heard_s
    show.stop()
    return took


def quiet(server: SoundServer) -> None:
    """From the start on a silent output to the sentence that says so."""
    server.pactl("load-module", "module-null-sink", "sink_name=silent", "norewinds=1")
    show = Show("system:silent")
    show.sound.start()
    took_s = show.took_s(lambda: bool(show.notices))
    print(f"{'start to verdict':<26} {1e3 * took_s:12.0f} ms: {show.notices[0].text}")
    show.stop()


def cost(server: SoundServer, outputs: int) -> None:
    """CPU of this process and of the recorders, list closed and open."""
    for number in range(outputs - 3):
        server.pactl("load-module", "module-null-sink", f"sink_name=extra{number}", "norewinds=1")
    show = Show()
    show.sound.start()
    show.took_s(lambda: show.heard.get().state.level > 0.0)
    closed = _cpu_of(show)
    show.chooser.toggle()
    show.took_s(lambda: show.rows() >= outputs and show.metered() >= 2)
    before = sum(os.times()[2:4])
    opened = _cpu_of(show)
    show.stop()
    recorders = sum(os.times()[2:4]) - before  # a child counts when it has ended
    print(f"{'list closed':<26} {100 * closed:5.1f} % of a core")
    print(
        f"{f'open, {outputs} outputs':<26} {100 * opened:5.1f} %, and {100 * recorders / COST_S:.1f} % in recorders"
    )


def _cpu_of(show: Show) -> float:
    """The share of a core that this process takes."""
    end_s = time.monotonic() + COST_S
    before_s = time.process_time()
    show.took_s(lambda: time.monotonic() > end_s)
    return (time.process_time() - before_s) / COST_S


def _music(folder: Path) -> Path:
    path = folder / "music.wav"
    if not path.exists():
        piece = np.concatenate([arrangement.mastered(arrangement.chunk(number)) for number in range(4)])
        with wave.open(str(path), "wb") as file:
            file.setparams((2, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
            file.writeframes((32_000 * np.clip(np.tile(piece, (20, 1)), -1, 1)).astype("<i2").tobytes())
    return path


if __name__ == "__main__":
    main()
