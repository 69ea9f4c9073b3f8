"""Is what is seen on the beat of what is heard? `python benchmarks/av_alignment.py [--seconds 40] [--repeats 1]`

A drum pattern at 120 BPM is played into a speaker that holds it back by a known time (a pipe that is read at the pace of
real time: 46 ms as a wired one, 186 ms as Bluetooth), while `artvis show` listens to its monitor under an Xvfb of its
own. Truth is the moment at which the speaker reads a kick out of the pipe; the other end is the swap of the first video
frame whose beat phase has begun anew. A frame that is lit at random moments shows a beat half a frame late on average,
so half a frame is taken off. The baseline is the same show with nothing compensated, and beside it stands what the
tracker alone is off by on the same sound, which no alignment can mend.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

BPM = 120
SETTLES_S = 8.0
SUPPORT = Path(__file__).resolve().parent.parent / "tests" / "support"


def tracker_alone_ms(sound: np.ndarray) -> list[float]:
    """When the phase begins anew against the true beats, on the samples themselves; in ms, late is above 0."""
    from artvis.audio.hearing import Hearing
    from artvis.model.music import HOP

    hearing, before, off = Hearing(deep=False), None, []
    for start in range(0, len(sound) - HOP, HOP):
        state, _ = hearing.feed(sound[start : start + HOP])
        if before is not None and state.beat_count > before.beat_count and state.t_s > SETTLES_S:
            begun_s = state.t_s - state.beat_phase * 60 / max(state.bpm, 1.0)
            off.append(1e3 * ((begun_s + 30 / BPM) % (60 / BPM) - 30 / BPM))
        before = state
    return off


def watched(env: dict[str, str], folder: Path, seconds: float, how: str) -> list[dict[str, Any]]:
    """What a show said with every frame; the report is the last."""
    told = folder / f"told-{how}.jsonl"
    words = [sys.executable, str(SUPPORT / "watchedshow.py"), str(told), str(seconds), how]
    subprocess.run(words, env=env, check=True, timeout=seconds + 60)
    return [json.loads(line) for line in told.read_text().splitlines()]


def beats_seen(frames: list[dict[str, Any]]) -> tuple[list[float], float]:
    """The swaps at which the phase had begun anew, and the frame time."""
    swaps = np.array([frame["swap_s"] for frame in frames])
    phases = np.array([frame["beat_phase"] for frame in frames])
    begun = np.flatnonzero(np.diff(phases) < -0.5) + 1
    return list(swaps[begun]), float(np.median(np.diff(swaps)))


def off_ms(beats_s: list[float], clicks_s: list[float], frame_s: float) -> list[float]:
    clicks = np.array(clicks_s)
    settled = [beat for beat in beats_s if clicks[0] + SETTLES_S < beat < clicks[-1]]
    return [1e3 * (beat - frame_s / 2 - clicks[np.abs(clicks - beat).argmin()]) for beat in settled]


def key_waits_ms(count: int = 60) -> list[float]:
    """From a key until the hearing has obeyed and the state says so; on the sound server of the environment."""
    from artvis.pipeline.latest import Latest
    from artvis.pipeline.listening import Heard
    from artvis.pipeline.sound import Sound

    heard, waits = Latest(Heard()), []
    sound = Sound("system", heard=heard, on_notice=lambda _: None, deep=None)
    sound.start()
    time.sleep(4.0)
    chance = np.random.default_rng(3)
    for _ in range(count):
        time.sleep(float(chance.uniform(0.1, 0.2)))
        before, pressed_s = heard.get().state.bar_count, time.monotonic()
        t_s = heard.get().audio_time_s(pressed_s + sound.delays().ear_s)
        sound.order(lambda hearing, t_s=t_s: hearing.resync(t_s))
        while heard.get().state.bar_count == before and time.monotonic() < pressed_s + 1.0:
            time.sleep(0.0005)
        waits.append(1e3 * (time.monotonic() - pressed_s))
    sound.stop()
    return waits


def main() -> None:
    sys.path.insert(0, str(SUPPORT))
    import xvfb
    from drums import drums, write_wav
    from farspeaker import FarSpeaker
    from soundserver import SoundServer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0)
    seconds = parser.parse_args().seconds
    sound = drums(seconds + 10, bpm=BPM)
    alone = tracker_alone_ms(sound)
    print(f"tracker alone: median {statistics.median(alone):+.1f} ms, sd {statistics.stdev(alone):.1f}")
    with tempfile.TemporaryDirectory(prefix="artvis-av-") as name, xvfb.running("1280x720") as screen:
        folder = Path(name)
        song = write_wav(folder / "drums.wav", sound)
        server = SoundServer(folder)
        server.start()
        os.environ.update(server.env)
        try:
            player = server.play(song)
            waits = sorted(key_waits_ms())
            player.kill()
            player.wait()
            print(
                f"a key is obeyed and the state says so after {statistics.median(waits):.1f} ms, "
                f"95 % within {waits[int(0.95 * len(waits))]:.1f} ms, at most {waits[-1]:.1f} ms",
                flush=True,
            )
            for pipe_bytes in (8_192, 32_768):
                for how in ("raw", "aligned"):
                    home = folder / f"home-{pipe_bytes}-{how}"
                    env = {**os.environ, **server.env, **screen, "ARTVIS_HOME": str(home)}
                    speaker = FarSpeaker(server, folder, name=f"far{pipe_bytes}{how}", pipe_bytes=pipe_bytes)
                    with speaker:
                        server.default(speaker.name)
                        player = server.play(song, sink=speaker.name)
                        *frames, report = watched(env, folder, seconds, how)
                        player.kill()
                        player.wait()
                    beats_s, frame_s = beats_seen(frames)
                    off = off_ms(beats_s, speaker.clicks_s, frame_s)
                    share = np.mean(np.abs(off) <= 1e3 * frame_s)
                    print(
                        f"{1e3 * speaker.delay_s:3.0f} ms speaker, {how:7}: {len(off)} beats, frame {1e3 * frame_s:.1f} ms, "
                        f"median {statistics.median(off):+.1f} ms, sd {statistics.stdev(off):.1f}, within a frame {share:.0%}; "
                        f"ran dry {speaker.ran_dry}, load {os.getloadavg()[0]:.1f}; {report['alignment']}",
                        flush=True,
                    )
        finally:
            server.stop()


if __name__ == "__main__":
    main()
