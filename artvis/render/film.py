"""Writes a film, H.264 and AAC in MP4: all of it under its name, or nothing.

It draws nothing and has no clock: times follow from the numbers of video frames and samples alone.
"""

import platform
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from av.video.stream import VideoStream

from artvis.errors import InputError
from artvis.model.artwork import Pixels
from artvis.model.music import SAMPLE_RATE_HZ, Samples

ENCODER_THREADS = 2
"""Fixed: x264's stream depends on it, and films of the same music must be the same."""
WAITING = 6
"""Video frames and stretches of sound that may wait to be encoded, while the next frame is drawn."""
X264 = {"preset": "ultrafast", "crf": "20"}
"""The quickest: with a slower one the film takes half as long again as its drawing does, for a third of the bytes."""
if platform.machine() in ("x86_64", "AMD64"):
    # x264's AVX-512 code chooses by what happens to lie in memory where two choices are equally good: two runs
    # gave two files. Without it they are the same on every such machine, and no slower at this preset.
    X264["x264-params"] = "asm=sse4.2"
AUDIO_FRAME = 1024
"""Samples in a frame of AAC."""
BT709 = 1
TV_RANGE = 1


def part_of(path: Path) -> Path:
    """The name under which a film grows until it is whole."""
    return path.with_name(f".{path.name}.part")


class FilmWriter:
    """`video` and `audio` in step, then `close`; as a context manager, an exception in its block aborts."""

    def __init__(self, path: Path, size: tuple[int, int], fps: int, *, audio: bool) -> None:
        """InputError where the file cannot be written, or width or height are odd."""
        width, height = size
        if width % 2 or height % 2:
            raise InputError(f"A film needs an even width and height, not {width}x{height}.")
        self.path = path
        self._part = part_of(path)
        self._size = size
        self._frame_s = Fraction(1, fps)
        self._video_frames = 0
        self._samples = 0
        self._pending = np.zeros((0, 2), np.float32)
        self._open = True
        # One thread, so that the order of all that is written, and with it the file, is always the same.
        self._encoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoding")
        self._waiting: deque[Future[None]] = deque()
        try:
            self._part.touch()  # PyAV would say only at the first frame that it cannot
            self._container = av.open(str(self._part), "w", format="mp4", options={"movflags": "+faststart"})
        except (OSError, av.FFmpegError) as error:
            raise InputError(f"{path} cannot be written: {_reason(error)}.") from error
        # No date and no version of the encoder inside: two runs give the same bytes.
        self._container.flags |= cast("int", av.container.Flags.bitexact.value)
        self._video = self._add_video()
        self._audio = self._add_audio() if audio else None

    def video(self, pixels: Pixels) -> None:
        """The next video frame, shape (height, width, 3), uint8; it must not change any more."""
        self._hand_over(self._encode_video, pixels)

    def audio(self, samples: Samples) -> None:
        """The next stretch of sound, shape (n, 2), float32, any n."""
        if self._audio is not None:
            self._hand_over(self._encode_sound, self._audio, samples)

    def _hand_over(self, encode: Callable[..., None], *what: object) -> None:
        """Let the thread do it; raises what it has raised before."""
        if not self._open:
            return
        while len(self._waiting) >= WAITING or (self._waiting and self._waiting[0].done()):
            self._settle()
        self._waiting.append(self._encoder.submit(encode, *what))

    def _settle(self) -> None:
        """Wait for the one that has waited longest."""
        try:
            self._waiting.popleft().result()
        except InputError:
            self.abort()
            raise

    def _encode_video(self, pixels: Pixels) -> None:
        rgb = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame = rgb.reformat(
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BILINEAR,
        )
        frame.pts = self._video_frames
        frame.time_base = self._frame_s  # not the stream's: that is the container's own once it is open
        self._video_frames += 1
        self._mux(self._video, frame)

    def _encode_sound(self, stream: AudioStream, samples: Samples) -> None:
        self._pending = np.concatenate([self._pending, samples])
        while len(self._pending) >= AUDIO_FRAME:
            self._encode_audio(stream, self._pending[:AUDIO_FRAME])
            self._pending = self._pending[AUDIO_FRAME:]

    def close(self) -> None:
        """Finish the file and give it its name."""
        while self._waiting:
            self._settle()
        if not self._open:
            return
        self._encoder.shutdown()
        try:
            if self._audio is not None and len(self._pending):
                self._encode_audio(self._audio, self._pending)
            for stream in (self._video, self._audio):
                if stream is not None:
                    self._mux(stream, None)
        except InputError:
            self.abort()
            raise
        self._open = False
        try:
            self._container.close()
            self._part.replace(self.path)
        except (OSError, av.FFmpegError) as error:
            self._part.unlink(missing_ok=True)
            raise InputError(f"{self.path} cannot be written: {_reason(error)}.") from error

    def abort(self) -> None:
        """Leave nothing behind; a film that had this name before is untouched."""
        if self._open:
            self._open = False
            self._waiting.clear()
            self._encoder.shutdown(wait=True, cancel_futures=True)
            self._container.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    def _add_video(self) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=1 / self._frame_s, options=dict(X264))
        context = stream.codec_context
        context.width, context.height = self._size
        context.pix_fmt = "yuv420p"
        context.thread_count = ENCODER_THREADS
        context.time_base = stream.time_base = self._frame_s
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = TV_RANGE
        return stream

    def _add_audio(self) -> AudioStream:
        stream = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.codec_context.bit_rate = 192_000
        stream.codec_context.time_base = stream.time_base = Fraction(1, SAMPLE_RATE_HZ)
        return stream

    def _encode_audio(self, stream: AudioStream, samples: Samples) -> None:
        planes = np.ascontiguousarray(samples.T, np.float32)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts = self._samples
        frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
        self._samples += len(samples)
        self._mux(stream, frame)

    def _mux(self, stream: VideoStream | AudioStream, frame: av.VideoFrame | av.AudioFrame | None) -> None:
        try:
            for packet in stream.encode(frame):  # type: ignore[arg-type] # one method, two kinds of stream
                self._container.mux(packet)
        except (OSError, av.FFmpegError) as error:
            raise InputError(f"{self.path} cannot be written: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
