"""A steady tone, captured while two busy programs want the whole machine: not one sample may be missing or doubled."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from capturing import Ears, Listen, Playing, write_wav
from soundserver import MAIN, SoundServer

from artvis.model.music import SAMPLE_RATE_HZ, Samples

TONE_HZ = 1000.0
"""512 samples hold 11.6 of its periods: a lost block turns the phase by 0.6 of one."""
PIECE = 256
JUMP_TURNS = 0.008
"""A third of a sample at 1 kHz: one that is lost shows in two pieces, with half of its turn in each."""
FADE = 0.05


@dataclass
class PhaseWatch:
    """Follows the phase and the amplitude of the tone, piece by piece, and keeps where they jump."""

    jumps_s: list[float] = field(default_factory=list)
    _samples: int = 0
    _turns: float | None = None
    _amplitude: float = 0.0
    _rest: np.ndarray = field(default_factory=lambda: np.zeros(0, np.complex128))

    def feed(self, sound: Samples) -> None:
        """`sound`, shape (n, 2), n a multiple of PIECE; pieces overlap by half, so that no sample has little weight."""
        n = np.arange(self._samples, self._samples + len(sound))
        turned = np.append(self._rest, sound[:, 0] * np.exp(-2j * np.pi * TONE_HZ / SAMPLE_RATE_HZ * n))
        for start in range(0, len(turned) - PIECE + 1, PIECE // 2):
            piece = (turned[start : start + PIECE] * np.hanning(PIECE)).mean()
            self._step(float(np.angle(piece)) / (2 * np.pi), float(abs(piece)), self._samples + start)
        self._rest = turned[-PIECE // 2 :]
        self._samples += len(sound)

    def _step(self, turns: float, amplitude: float, at: int) -> None:
        if self._turns is not None:
            turned = abs((turns - self._turns + 0.5) % 1.0 - 0.5)
            if turned > JUMP_TURNS or abs(amplitude - self._amplitude) > FADE * self._amplitude:
                self.jumps_s.append(at / SAMPLE_RATE_HZ)
        self._turns, self._amplitude = turns, amplitude


def _tone(seconds: float) -> Samples:
    t = np.arange(int(seconds * SAMPLE_RATE_HZ))[:, None] / SAMPLE_RATE_HZ
    return (0.25 * np.repeat(np.sin(2 * np.pi * TONE_HZ * t), 2, axis=1)).astype(np.float32)


@pytest.mark.parametrize("lost", [1, 20, 512])
def test_the_watch_sees_a_lost_sample_a_doubled_one_and_a_hole(lost: int) -> None:
    sound = _tone(1.0)
    whole = len(sound) // PIECE * PIECE
    good, gone, hole = PhaseWatch(), PhaseWatch(), PhaseWatch()
    good.feed(sound[:whole])
    assert good.jumps_s == []
    cut = np.delete(sound, np.arange(20_000, 20_000 + lost), axis=0)
    gone.feed(cut[: len(cut) // PIECE * PIECE])
    assert gone.jumps_s
    assert all(abs(at_s - 20_000 / SAMPLE_RATE_HZ) < 0.02 for at_s in gone.jumps_s)
    if lost >= 20:
        sound[20_000 : 20_000 + lost] = 0.0
        hole.feed(sound[:whole])
        assert hole.jumps_s


@pytest.fixture
def busy() -> Iterator[None]:
    """Two programs that do nothing but count."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for program in programs:
        program.kill()
        program.wait()


def _captured(ears: Ears, seconds: float) -> PhaseWatch:
    watch = PhaseWatch()
    tick = threading.Event()
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        while (block := ears.ring.read(PIECE)) is not None:
            watch.feed(block)
        tick.wait(0.05)
    return watch


@pytest.mark.sound
@pytest.mark.parametrize("seconds", [10, pytest.param(600, marks=pytest.mark.full)])
def test_a_tone_under_load_has_no_discontinuity(
    server: SoundServer,
    playing: Playing,
    listen: Listen,
    busy: None,
    tmp_path: Path,
    seconds: int,
) -> None:
    playing.end()  # the tones that other tests need
    wav = write_wav(tmp_path / "tone.wav", 4 * _tone(seconds + 10))
    ears = listen()
    playing.begin_file(wav, MAIN)
    ears.await_true(lambda: max(ears.amplitudes(TONE_HZ)) > 0.1, "the tone")
    _captured(ears, 1.0)  # the player fills its buffer
    watch = _captured(ears, seconds)
    stats = ears.source.stats()
    print(f"{seconds} s under load: {len(watch.jumps_s)} discontinuities, {stats}")
    assert watch.jumps_s == [], stats
    assert (stats.dropped, stats.reconnects, ears.ring.skipped) == (0, 0, 0)
