"""A speaker that holds sound back for a known time, as Bluetooth does, and knows when each click was in the air.

It is a sink of the private sound server that leads into a pipe; a thread reads the pipe at the pace of real time. The
server knows how much is in the pipe, and says so as the latency of the sink.
"""

import fcntl
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from soundserver import SoundServer

RATE_HZ = 44_100
PAIR_BYTES = 4
CHUNK = 441
CLICK = 8_000  # of 32,767
CLICKS_APART_S = 0.2


class FarSpeaker:
    """`pipe_bytes` is a power of two; 8,192 (46 ms) are the fewest that do not run dry, 32,768 hold back 186 ms."""

    def __init__(
        self, server: SoundServer, folder: Path, *, name: str = "far", pipe_bytes: int = 32_768
    ) -> None:
        self.name = name
        self.clicks_s: list[float] = []
        """When the first sample of each click was in the air (monotonic)."""
        self.ran_dry = 0
        self._server = server
        self._path = folder / f"{name}.fifo"
        self._pipe_bytes = pipe_bytes
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._play, name="far-speaker", daemon=True)

    @property
    def delay_s(self) -> float:
        """What a full pipe holds back."""
        return self._pipe_bytes / PAIR_BYTES / RATE_HZ

    def __enter__(self) -> Self:
        words = [f"sink_name={self.name}", f"file={self._path}", "format=s16le", f"rate={RATE_HZ}"]
        self._server.pactl("load-module", "module-pipe-sink", *words, "channels=2")
        self._handle = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(self._handle, fcntl.F_SETPIPE_SZ, self._pipe_bytes)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(2.0)
        os.close(self._handle)

    def _play(self) -> None:
        due_s = time.monotonic()
        while not self._over.wait(max(0.0, due_s - time.monotonic())):
            try:
                data = os.read(self._handle, CHUNK * PAIR_BYTES)
            except BlockingIOError:  # the server has nothing to play yet
                self.ran_dry += 1
                due_s = time.monotonic() + CHUNK / RATE_HZ
                continue
            lasts_s = len(data) / PAIR_BYTES / RATE_HZ
            # What leaves the pipe now was in the air until now: nothing is held back but by the pipe.
            self._hear(np.frombuffer(data[: len(data) // 4 * 4], np.int16)[::2], due_s - lasts_s)
            due_s += lasts_s

    def _hear(self, left: np.ndarray, at_s: float) -> None:
        loud = np.flatnonzero(np.abs(left.astype(np.int32)) > CLICK)
        if len(loud):
            click_s = at_s + float(loud[0]) / RATE_HZ
            if not self.clicks_s or click_s - self.clicks_s[-1] > CLICKS_APART_S:
                self.clicks_s.append(click_s)
