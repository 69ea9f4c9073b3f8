"""What tests of live sound share: tones that play into sinks, and ears that hear a source.

The fixtures are taken in by tests/integration/conftest.py.
"""

import subprocess
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from soundserver import MAIN, SECOND, PipeWireServer, SoundServer

from artvis.audio.devices import Wish
from artvis.audio.follower import PulseFollower
from artvis.audio.live import LiveSource, Rung
from artvis.audio.ring import Ring
from artvis.audio.source import AudioSource
from artvis.audio.sources import open_source
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.model.notice import Notice

TONES_HZ = {MAIN: 430.664, SECOND: 861.328}
"""What plays into which sink: bins 5 and 10 of a transform of 512."""
PATIENCE_S = 15.0
"""For what must happen at all, on a machine that is busy; how fast it happens, benchmarks/capture.py says."""

on_both_servers = pytest.mark.parametrize("server", [SoundServer, PipeWireServer], indirect=True)


@pytest.fixture
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A private sound server, as the one of this process; PulseAudio unless the test says otherwise."""
    with tempfile.TemporaryDirectory(prefix="artvis-sound-") as folder:
        made: SoundServer = getattr(request, "param", SoundServer)(Path(folder))
        for name, value in made.env.items():
            monkeypatch.setenv(name, value)
        try:
            made.start()
            yield made
        finally:
            made.thaw()
            made.stop()


@pytest.fixture(scope="session")
def tones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tones")
    t = np.arange(30 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    paths = {}
    for sink, frequency_hz in TONES_HZ.items():
        samples = np.repeat(np.sin(2 * np.pi * frequency_hz * t)[:, None], 2, axis=1)
        paths[sink] = write_wav(folder / f"{sink}.wav", samples)
    return paths


def write_wav(path: Path, samples: np.ndarray) -> Path:
    """`samples`, shape (n, channels), -1..1, at a quarter of full scale."""
    with wave.open(str(path), "wb") as file:
        file.setparams((samples.shape[1], 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((8000 * samples).astype("<i2").tobytes())
    return path


class Playing:
    """The tones, played into their sinks for as long as they are there."""

    def __init__(self, server: SoundServer, tones: dict[str, Path]) -> None:
        self._server = server
        self._tones = tones
        self._players: list[subprocess.Popen[bytes]] = []

    def begin(self, *sinks: str) -> None:
        for sink in sinks:
            self.begin_file(self._tones[sink], sink)

    def begin_file(self, wav: Path, sink: str, *, channel_map: str = "") -> None:
        self._players.append(self._server.play(wav, sink=sink, channel_map=channel_map))

    def end_too(self, process: subprocess.Popen[bytes]) -> None:
        self._players.append(process)

    def end(self) -> None:
        for player in self._players:
            player.kill()
            player.wait()


@pytest.fixture
def playing(server: SoundServer, tones: dict[str, Path]) -> Iterator[Playing]:
    players = Playing(server, tones)
    players.begin(MAIN, SECOND)
    yield players
    players.end()


class Ears:
    """A source that was started, and what comes out of its ring."""

    def __init__(self, source: AudioSource) -> None:
        self.source = source
        self.ring = Ring()
        self.said: list[Notice] = []
        source.start(self.ring, self.said.append)

    def await_tone(self, sink: str, *, within_s: float = PATIENCE_S) -> float:
        """How long it takes until the tone that began in a sink is heard; the music moves with the default."""
        return self.await_true(
            lambda: any(self.hears(TONES_HZ[sink])), f"the tone of {sink}", within_s=within_s
        )

    def hears(self, frequency_hz: float) -> tuple[bool, bool]:
        """Whether the next block holds this tone, a multiple of 86.13 Hz, left and right."""
        left, right = self.amplitudes(frequency_hz)
        return left > 0.08, right > 0.08

    def amplitudes(self, frequency_hz: float) -> tuple[float, float]:
        """Left and right, of such a tone in the next block; the players play it at 0.24."""
        block = self.ring.read(512)
        if block is None:
            return 0.0, 0.0
        spectrum = np.abs(np.fft.rfft(block * np.hanning(512)[:, None], axis=0)) / 128
        left, right = spectrum[round(frequency_hz * 512 / SAMPLE_RATE_HZ)]
        return float(left), float(right)

    def await_true(self, condition: Callable[[], bool], what: str, *, within_s: float = PATIENCE_S) -> float:
        begun_s = time.monotonic()
        tick = threading.Event()
        while not condition():
            assert time.monotonic() - begun_s < within_s, f"no {what} in {within_s} s; {self.said}"
            if self.ring.available < 512:
                tick.wait(0.002)
        return time.monotonic() - begun_s

    def await_notice(self, code: str) -> Notice:
        self.await_true(lambda: any(notice.code == code for notice in self.said), code)
        return next(notice for notice in self.said if notice.code == code)

    def forget(self) -> None:
        self.ring.skip_to_latest(0)


Listen = Callable[..., Ears]


@pytest.fixture
def listen() -> Iterator[Listen]:
    ears: list[Ears] = []

    def start(source: AudioSource | str = "auto") -> Ears:
        ears.append(Ears(open_source(source) if isinstance(source, str) else source))
        return ears[-1]

    yield start
    for ear in ears:
        begun_s = time.monotonic()
        ear.source.stop()
        assert time.monotonic() - begun_s < 1.5
        ear.source.stop()


def over(rung: Rung, wish: Wish | None = None) -> LiveSource:
    """A live source with one rung, of the system's sound unless something else is wished for."""
    wish = wish or Wish("system")
    return LiveSource(wish, (rung,), follower=PulseFollower(wish))
