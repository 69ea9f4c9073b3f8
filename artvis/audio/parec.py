"""The first rung of capture on Linux: `parec`, the sound server's own recorder, as a child process.

It follows and reconnects nothing (`live` does). The child needs no guard: its pipe breaks when we end, and it with it.
"""

import logging
import os
import shutil
import subprocess
import threading

import numpy as np

from artvis.audio.devices import Pick
from artvis.audio.ring import Ring
from artvis.audio.source import BLOCK, Tally
from artvis.errors import AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ

_log = logging.getLogger(__name__)

_LATENCY_MS = 10  # without it, PipeWire sends its data in lumps of 2 s
_WAY_MS = 2
"""What comes to it on the way, as measured in benchmarks/capture.md."""
_JOIN_S = 0.5


def is_installed() -> bool:
    return shutil.which("parec") is not None


class ParecStream:
    """Records one source of the sound server into a ring until it is closed or the server ends."""

    def __init__(
        self,
        pulse_source: str,
        ring: Ring,
        tally: Tally,
        *,
        pick: Pick | None = None,
        latency_ms: int = _LATENCY_MS,
    ) -> None:
        """Begin. Raises AudioUnavailable when there is no parec; a server that refuses shows as not `alive`."""
        command = ["parec", f"--device={pulse_source}", "--raw", "--format=float32le"]
        command += [f"--rate={SAMPLE_RATE_HZ}", f"--latency-msec={latency_ms}", "--client-name=artvis"]
        command += _channel_options(pick)
        try:
            self._child = subprocess.Popen(  # noqa: S603 - a list of our own words, and no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise AudioUnavailable("The recorder parec of the sound server is not installed.") from error
        self.latency_s = (latency_ms + _WAY_MS) / 1000
        self._ring = ring
        self._tally = tally
        self._columns = pick.columns if pick else (0, 1)
        self._width = len(pick.channel_map) if pick else 2
        self._closed = False
        self._thread = threading.Thread(target=self._record, name="parec", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        return self._child.pid

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self._closed = True
        self._child.terminate()
        try:
            self._child.wait(_JOIN_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._thread.join(_JOIN_S)
        if self._child.stdout is not None:
            self._child.stdout.close()

    def _record(self) -> None:
        pipe = self._child.stdout
        if pipe is None:
            return
        handle = pipe.fileno()
        block_bytes = BLOCK * self._width * 4
        buffer = bytearray()
        try:
            while not self._closed and (piece := os.read(handle, block_bytes)):
                buffer += piece
                while len(buffer) >= block_bytes and not self._closed:
                    self._take(bytes(buffer[:block_bytes]))
                    del buffer[:block_bytes]
        except OSError:
            _log.exception("reading from parec")

    def _take(self, block: bytes) -> None:
        samples = np.frombuffer(block, np.float32).reshape(BLOCK, self._width)
        self._ring.write(samples[:, self._columns])
        self._tally.block()


def _channel_options(pick: Pick | None) -> list[str]:
    """All channels of the device, in its own order and unmixed, or stereo as the server makes it."""
    if pick is None:
        return ["--channels=2"]
    options = [f"--channels={len(pick.channel_map)}", f"--channel-map={','.join(pick.channel_map)}"]
    return [*options, "--no-remap", "--no-remix"]
