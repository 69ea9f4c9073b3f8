"""`artvis analyze` on files that are not what they should be."""

import json
import struct
from pathlib import Path

import hostile
import numpy as np
import pytest
from commandline import RunArtvis
from sounds import stereo

from artvis.model.music import Samples


def write_float_wav(path: Path, samples: Samples, rate_hz: int) -> Path:
    """32-bit float, which can hold NaN and more than full scale; Python's own wave module cannot write it."""
    body = samples.astype("<f4").tobytes()
    channels = samples.shape[1]
    form = struct.pack("<HHIIHH", 3, channels, rate_hz, rate_hz * channels * 4, channels * 4, 32)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def with_nan(samples: Samples) -> Samples:
    broken = samples.copy()
    broken[::4000] = np.nan
    broken[1000:1200] = np.inf
    return broken


def at_rate(samples: Samples, rate_hz: int) -> Samples:
    at = np.arange(int(len(samples) / 44_100 * rate_hz)) * (44_100 / rate_hz)
    columns = [np.interp(at, np.arange(len(samples)), channel) for channel in samples.T]
    return np.stack(columns, axis=1).astype(np.float32)


@pytest.mark.parametrize("harm", ["nan", "one channel at 192 kHz", "8 kHz and 12 dB too loud"])
def test_broken_files_of_music_keep_their_key_and_say_no_silence(
    run_artvis: RunArtvis, tmp_path: Path, harm: str
) -> None:
    samples, rate_hz = stereo(0.5 * hostile.song(8.0)), 44_100
    if harm == "nan":
        samples = with_nan(samples)
    elif harm == "one channel at 192 kHz":
        samples[:, 1] = 0
        rate_hz = 192_000
    else:
        samples = 4 * samples
        rate_hz = 8_000
    path = write_float_wav(tmp_path / "song.wav", at_rate(samples, rate_hz), rate_hz)
    ran = run_artvis("analyze", path, "--json", "--no-deep")
    assert ran.rc == 0, ran.stderr
    events = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [event["key"] for event in events if event["type"] == "key"][-1] == "C major"
    assert not [event for event in events if event["type"] == "silence" and event["on"] and event["t"] > 0.1]
    assert all(np.isfinite(event["lufs"]) for event in events if event["type"] == "level")


def test_speech_in_a_file_has_neither_key_nor_section_changes(run_artvis: RunArtvis, tmp_path: Path) -> None:
    path = write_float_wav(tmp_path / "speech.wav", stereo(hostile.speech(tmp_path)), 44_100)
    ran = run_artvis("analyze", path, "--json", "--no-deep")
    kinds = [json.loads(line)["type"] for line in ran.stdout.splitlines()]
    assert "key" not in kinds
    assert kinds.count("section") <= 1
