"""aubio as a live listener: mono float32 at 44,100 Hz on standard input, one JSON object a line on standard output.

It is run by the system's Python, which has Debian's python3-aubio, and imports nothing of artvis.
"""

import json
import sys
import time

import aubio
import numpy as np

RATE_HZ, HOP = 44_100, 512


def main() -> None:
    sound = np.frombuffer(sys.stdin.buffer.read(), np.float32)
    tempo = aubio.tempo("default", 1024, HOP, RATE_HZ)
    onset = aubio.onset("default", 1024, HOP, RATE_HZ)
    hop_s, bpm = [], 0.0
    for start in range(0, len(sound) - HOP + 1, HOP):
        begun_s = time.thread_time()
        beat, note = tempo(sound[start : start + HOP])[0], onset(sound[start : start + HOP])[0]
        hop_s.append(time.thread_time() - begun_s)
        t_s = (start + HOP) / RATE_HZ
        if beat and tempo.get_last_s() > 0:
            print(json.dumps({"beat": [t_s, tempo.get_last_s()]}))
        if abs(tempo.get_bpm() - bpm) > 0.5:
            bpm = tempo.get_bpm()
            print(json.dumps({"tempo": [t_s, bpm]}))
        if note:
            print(json.dumps({"onset": onset.get_last_s()}))
    print(json.dumps({"hop_s": hop_s}))


if __name__ == "__main__":
    main()
