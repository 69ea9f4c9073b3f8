"""Sound from a file: any format that FFmpeg reads, as stereo blocks at 44,100 Hz, and a source that plays it.

It does not seek, loop or keep time (`played` does that), and it never holds a whole file in memory.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from artvis.audio.played import PlayedSource
from artvis.errors import InputError
from artvis.model.music import SAMPLE_RATE_HZ, Samples

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_log = logging.getLogger(__name__)

LOUDEST = 8.0
"""Float files may go over full scale; beyond 18 dB over it is damage, not music."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    duration_s: float
    """0 when the file does not say."""
    title: str


def file_source(path: str | Path, *, loop: bool = True) -> PlayedSource:
    """A source that plays `path` at the pace of real time. Raises InputError when it cannot be played."""
    info = probe(path)
    return PlayedSource(
        source_id=f"file:{path}",
        kind="file",
        title=info.title,
        passes=lambda: decode(path),
        loop=loop,
    )


def probe(path: str | Path) -> FileInfo:
    """Length and title of a file. Raises InputError, with a sentence, for what is no sound file."""
    container, stream = _open(path)
    with container:
        if next(_decoded(container, stream, Path(path).name), None) is None:
            raise InputError(f"{path} has a sound track, but not one readable piece of sound in it.")
        tags = {name.lower(): text for name, text in (*stream.metadata.items(), *container.metadata.items())}
        duration_s = 0.0
        if stream.duration and stream.time_base:
            duration_s = float(stream.duration * stream.time_base)
        elif container.duration:
            duration_s = container.duration / 1_000_000  # FFmpeg counts a container in microseconds
    title = tags.get("title", "").strip() or Path(path).stem
    artist = tags.get("artist", "").strip()
    return FileInfo(max(0.0, duration_s), f"{artist} – {title}" if artist else title)


def decode(path: str | Path) -> Iterator[Samples]:
    """The sound of a file in blocks of any size, shape (n, 2), finite; damaged pieces are left out.

    Raises InputError before the first block; a file that breaks off later simply ends there.
    """
    import av  # 60 ms; the command line starts without it

    container, stream = _open(path)
    with container:
        resampler: av.AudioResampler | None = None
        shape: tuple[str, str, int] | None = None
        for frame in _decoded(container, stream, Path(path).name):
            now = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or now != shape:  # chained files may change in the middle
                resampler, shape = av.AudioResampler("flt", "stereo", SAMPLE_RATE_HZ), now
            frame.pts = None  # a gap in the time stamps is no reason to stop
            yield from map(_samples, resampler.resample(frame))
        if resampler is not None:
            yield from map(_samples, resampler.resample(None))


def _open(path: str | Path) -> "tuple[InputContainer, AudioStream]":
    """The opened file and its first sound track, or an InputError that says what the file is instead."""
    import av  # as above

    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise InputError(f"{path} is a folder; name one sound file in it.")
        if not file.exists():
            raise InputError(f"There is no file {path}.")
        if file.is_file() and file.stat().st_size == 0:
            raise InputError(f"{path} is empty.")
        container = av.open(str(file), metadata_errors="replace")
    except PermissionError as error:
        raise InputError(f"{path} may not be read by this user.") from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise InputError(f"{path} is not a sound file that artvis can read.") from error
    if not container.streams.audio:
        container.close()
        raise InputError(f"{path} has no sound in it.")
    stream = container.streams.audio[0]
    decoder: object = stream.codec_context  # None for a format that this FFmpeg does not know
    if decoder is None:
        container.close()
        raise InputError(f"{path} holds sound in a format that artvis cannot decode.")
    return container, stream


def _decoded(container: "InputContainer", stream: "AudioStream", name: str) -> "Iterator[AudioFrame]":
    """The decoded pieces of a sound track, without those that are damaged; said once in the log."""
    import av  # as above

    damaged = 0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except (av.FFmpegError, OSError) as error:
            _log.warning("%s breaks off: %s", name, error)
            break
        try:
            yield from packet.decode()
        except av.FFmpegError:
            damaged += 1
    if damaged:
        _log.warning("%s: %d damaged pieces left out", name, damaged)


def _samples(frame: "AudioFrame") -> Samples:
    """A packed stereo frame as shape (n, 2) float32, with what is not a number as silence."""
    block = np.array(frame.to_ndarray(), np.float32).reshape(-1, 2)
    np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(block, -LOUDEST, LOUDEST, out=block)
