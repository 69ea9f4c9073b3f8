"""Clicks on the default output, and the moment at which each is in the air by the word of the sound system.

It plays nothing else, and is opened after the recording: one by PortAudio looks for devices anew, and would end it.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from artvis.audio.clicks import click_period
from artvis.audio.source import BLOCK
from artvis.errors import AudioUnavailable
from artvis.model.music import SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Played:
    """One click, in monotonic moments."""

    handed_s: float
    """When it was given to the sound system."""
    air_s: float
    """When it is in the air, as the sound system thinks."""


class ClickPlayer:
    """Plays a click every `period_s` until it is closed. Raises AudioUnavailable where there is no output."""

    def __init__(self, period_s: float) -> None:
        self.loud = threading.Event()
        """While it is clear, silence is played in place of the clicks."""
        self.loud.set()
        self.played: deque[Played] = deque(maxlen=64)
        self._period = click_period(period_s)
        self._at = 0
        self._stream = self._open()

    def close(self) -> None:
        self._stream.close(ignore_errors=True)

    def _open(self) -> Any:
        try:
            import sounddevice as sd  # 140 ms

            device = "pulse" if any(each["name"] == "pulse" for each in sd.query_devices()) else None
            stream = sd.OutputStream(
                device=device,
                channels=2,
                samplerate=SAMPLE_RATE_HZ,
                blocksize=BLOCK,
                latency="low",
                dtype="float32",
                callback=self._on_block,
            )
            stream.start()
        except OSError as error:
            raise AudioUnavailable(
                "The sound library PortAudio is missing: nothing can be played."
            ) from error
        except (sd.PortAudioError, ValueError) as error:
            raise AudioUnavailable("No output can be opened to play a click on.") from error
        return stream

    def _on_block(self, block: npt.NDArray[np.float32], count: int, moments: Any, _status: Any) -> None:
        """Runs in PortAudio's thread."""
        now_s = time.monotonic()
        until_click = -self._at % len(self._period)
        if self.loud.is_set():
            block[:] = self._period[(self._at + np.arange(count)) % len(self._period), None]
            if until_click < count:
                ahead_s = moments.outputBufferDacTime - moments.currentTime
                self.played.append(Played(now_s, now_s + ahead_s + until_click / SAMPLE_RATE_HZ))
        else:
            block[:] = 0.0
        self._at += count
