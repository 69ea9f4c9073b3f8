"""The usual measures of beat tracking, onsets, keys and sections, for one piece, from times alone.

It reads no files and knows no system. All times are in seconds and sorted; an empty measure is NaN.
Sources: Davies, Degara and Plumbley 2009, "Evaluation methods for musical audio beat tracking algorithms" (F-measure,
continuity); MIREX audio key detection (weights); MIREX structural segmentation (boundaries within 3 s).
"""

import numpy as np
import numpy.typing as npt

Times = npt.NDArray[np.float64]
Spans = list[tuple[float, float]]
BEAT_S, ONSET_S, SECTION_S = 0.07, 0.05, 3.0
"""How far off a beat, an onset and a boundary may be."""
TRIM_S = 5.0
"""Beats before this are not counted, as is usual."""
CONTINUITY = 0.175
"""Largest error of phase and of period, as a share of the interval between true beats."""
TONICS = {
    name: i for i, name in enumerate(("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"))
} | {
    "Db": 1,
    "Eb": 3,
    "Gb": 6,
    "Ab": 8,
    "Bb": 10,
}
NAN = float("nan")


def outside(times: Times, spans: Spans) -> Times:
    """Without the times that lie in stretches without a pulse; each stretch counts from 80 ms before its start."""
    keep = np.ones(len(times), bool)
    for begin_s, end_s in spans:
        keep &= ~((times >= begin_s - 0.08) & (times < end_s - 0.08))
    return times[keep]


def trimmed(times: Times) -> Times:
    return times[times >= TRIM_S]


def f_measure(truth: Times, found: Times, within_s: float) -> float:
    """Harmonic mean of precision and recall, each true time matched with at most one found time."""
    if not len(truth) or not len(found):
        return 0.0
    hits = i = j = 0
    while i < len(truth) and j < len(found):  # the first that fit: with sorted times no pairing has more
        if abs(truth[i] - found[j]) <= within_s:
            hits, i, j = hits + 1, i + 1, j + 1
        elif truth[i] < found[j]:
            i += 1
        else:
            j += 1
    return 2 * hits / (len(truth) + len(found))


def continuity(truth: Times, found: Times) -> tuple[float, float]:
    """(CMLt, AMLt): share of beats in the right phase and period; AMLt also allows half, double and the off-beat."""
    if len(truth) < 3 or len(found) < 3:
        return 0.0, 0.0
    between = (truth[:-1] + truth[1:]) / 2
    levels = [truth, between, np.sort(np.r_[truth, between]), truth[::2], truth[1::2]]
    shares = [_tracked_share(level, found) for level in levels]
    return shares[0], max(shares)


def _tracked_share(truth: Times, found: Times) -> float:
    if len(truth) < 2:
        return 0.0
    used: set[int] = set()
    for k, time in enumerate(found):
        near = int(np.abs(truth - time).argmin())
        if near in used:
            continue
        first = k == 0 or near == 0  # there the next interval counts, elsewhere the last
        mine = _interval(found, k, ahead=first)
        true = _interval(truth, near, ahead=first)
        if abs(truth[near] - time) < CONTINUITY * true and abs(1 - mine / true) < CONTINUITY:
            used.add(near)
    return len(used) / max(len(truth), len(found))


def _interval(times: Times, k: int, *, ahead: bool) -> float:
    if ahead and k + 1 < len(times):
        return float(times[k + 1] - times[k])
    return float(times[k] - times[k - 1])


def tempo_accuracy(
    truth: Times, tempi: list[tuple[float, float]], found: Times, duration_s: float, spans: Spans
) -> tuple[float, float]:
    """(Acc1, Acc2): share of seconds from 8 s on with the tempo within 4 %; Acc2 allows the factors 2, 3, 1/2, 1/3.

    `tempi` are (when it was said, beats a minute); who says none is taken at the median of its last beats.
    """
    right = octave = seconds = 0
    for t_s in np.arange(8.0, duration_s):
        k = int(np.searchsorted(truth, t_s))
        if k < 2 or k >= len(truth) or any(begin_s <= t_s <= end_s + 4 for begin_s, end_s in spans):
            continue
        true_bpm = 60 / float(np.median(np.diff(truth[max(0, k - 4) : k + 1])))
        bpm = _tempo_at(float(t_s), tempi, found)
        seconds += 1
        right += abs(bpm / true_bpm - 1) <= 0.04
        octave += any(abs(bpm / true_bpm / factor - 1) <= 0.04 for factor in (1, 2, 0.5, 3, 1 / 3))
    return (right / seconds, octave / seconds) if seconds else (NAN, NAN)


def _tempo_at(t_s: float, tempi: list[tuple[float, float]], found: Times) -> float:
    said = [bpm for when_s, bpm in tempi if when_s <= t_s and bpm > 0]
    if said:
        return said[-1]
    recent = found[(found >= t_s - 5) & (found <= t_s)]
    return 60 / float(np.median(np.diff(recent))) if len(recent) > 2 else 0.0


def lock_s(truth: Times, found: Times, duration_s: float) -> float:
    """From the first true beat to the first of four in a row that are found with none between; else up to the end."""
    for i in range(len(truth) - 3):
        run = truth[i : i + 4]
        hit = [bool((np.abs(found - time) <= BEAT_S).any()) for time in run]
        among = (found >= run[0] - BEAT_S) & (found <= run[-1] + BEAT_S)
        if all(hit) and among.sum() <= 4:
            return float(run[0] - truth[0])
    return duration_s - float(truth[0]) if len(truth) else NAN


def nearest_errors(truth: Times, found: Times) -> Times:
    """Found minus nearest true time, for every found time; infinite where there is no truth."""
    if not len(truth):
        return np.full(len(found), np.inf)
    return np.array([time - truth[np.abs(truth - time).argmin()] for time in found])


def false_rate(found: Times, spans: Spans) -> float:
    """Beats a second in the stretches without a pulse, 0.1 s left out at both ends."""
    length_s = sum(end_s - begin_s for begin_s, end_s in spans)
    if not length_s:
        return NAN
    count = sum(int(((found > begin_s + 0.1) & (found < end_s - 0.1)).sum()) for begin_s, end_s in spans)
    return count / length_s


def key_score(truth: str, found: str) -> float:
    """1 for the key, 0.5 for the fifth above it, 0.3 for its relative, 0.2 for its parallel key; names as 'Ab major'."""
    if not found:
        return 0.0
    (true_tonic, true_mode), (tonic, mode) = truth.split(), found.split()
    up = (TONICS[tonic] - TONICS[true_tonic]) % 12
    if mode == true_mode:
        return {0: 1.0, 7: 0.5}.get(up, 0.0)
    relative = 9 if true_mode == "major" else 3
    return {relative: 0.3, 0: 0.2}.get(up, 0.0)
