"""The systems that are measured: artvis, aubio and a naive energy detector, each a sound file to what it has heard.

They hear as if live: what they say of a moment is dated by how much sound they had heard when they said it.
"""

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from artvis.app.analysis import ListeningCost, listen
from artvis.audio.filesource import decode
from artvis.audio.patience import in_hops
from artvis.model.music import HOP, HOP_S, SAMPLE_RATE_HZ, Beat, Key, Onset, Section, Tempo

SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True)
class HeardBeat:
    t_s: float
    """Seconds of sound that had been heard when it was said."""
    time_s: float
    confidence: float = 1.0
    downbeat: bool = False

    @property
    def seen_s(self) -> float:
        """The earliest that a viewer can see it."""
        return max(self.t_s, self.time_s)


@dataclass(slots=True)
class Heard:
    beats: list[HeardBeat] = field(default_factory=list)
    tempi: list[tuple[float, float]] = field(default_factory=list)
    onsets: list[float] = field(default_factory=list)
    keys: list[tuple[float, str]] = field(default_factory=list)
    sections: list[float] = field(default_factory=list)
    bars_and_keys: bool = False
    """Whether the system listens for them at all."""
    deep: bool = False
    """Whether sections were listened for at all."""
    core_share: float = 0.0
    """CPU seconds for each second of sound."""
    hop_ms_p99: float = 0.0

    def cost(self, hop_s: list[float]) -> None:
        self.core_share = sum(hop_s) / max(HOP_S, len(hop_s) * HOP_S)
        self.hop_ms_p99 = 1e3 * float(np.percentile(hop_s or [0.0], 99))


Listener = Callable[[Path], Heard]


def artvis(path: Path, *, deep_cache: Path | None = None) -> Heard:
    """The live path itself, as `artvis analyze` runs it; with `deep_cache` the deep listener too."""
    heard = Heard(bars_and_keys=True, deep=deep_cache is not None)
    for event in listen(path, deep_cache=deep_cache, on_wait=print):
        match event:
            case Beat():
                heard.beats.append(HeardBeat(event.t_s, event.time_s, event.confidence, event.downbeat))
            case Tempo():
                heard.tempi.append((event.t_s, event.bpm))
            case Onset():
                heard.onsets.append(event.time_s)
            case Key():
                heard.keys.append((event.t_s, event.key))
            case Section():
                heard.sections.append(event.time_s)
            case ListeningCost():
                heard.core_share = event.cpu_s / event.seconds if event.seconds else 0.0
                heard.hop_ms_p99 = event.hop_ms_p99
    return heard


def aubio_is_there() -> bool:
    found = subprocess.run([SYSTEM_PYTHON, "-c", "import aubio"], capture_output=True, check=False)
    return found.returncode == 0


def aubio(path: Path) -> Heard:
    """aubio's tempo and onset with its defaults (window 1024, hop 512)."""
    mono = np.concatenate([block.mean(axis=1) for block in decode(path)]).astype(np.float32)
    script = Path(__file__).with_name("aubio_listener.py")
    done = subprocess.run(
        [SYSTEM_PYTHON, str(script)], input=mono.tobytes(), capture_output=True, check=True, timeout=600
    )
    heard = Heard()
    for line in done.stdout.splitlines():
        for kind, what in json.loads(line).items():
            match kind:
                case "beat":
                    heard.beats.append(HeardBeat(*what))
                case "tempo":
                    heard.tempi.append((what[0], what[1]))
                case "onset":
                    heard.onsets.append(what)
                case _:
                    heard.cost(what)
    return heard


def naive(path: Path) -> Heard:
    """A beat and an onset where two hops have 1.4 times the energy of the last second, at most five a second."""
    heard, hop_s = Heard(), []
    energies: deque[float] = deque(maxlen=43)
    mono = np.concatenate([block.mean(axis=1) for block in in_hops(decode(path))])
    last_s, size = -1.0, 2 * HOP
    for start in range(0, len(mono) - size + 1, size):
        begun_s = time.thread_time()
        block = mono[start : start + size]
        energy = float(block @ block)
        usual = sum(energies) / len(energies) if energies else energy
        energies.append(energy)
        t_s = (start + size) / SAMPLE_RATE_HZ
        if energy > 1.4 * usual and energy > 1e-6 and t_s - last_s > 0.2:
            last_s = t_s
            heard.beats.append(HeardBeat(t_s, t_s - HOP_S))
            heard.onsets.append(t_s - HOP_S)
        hop_s.append((time.thread_time() - begun_s) / 2)
    heard.cost(hop_s)
    return heard
