"""The mood of the music, by one written regression for what is heard live and for what the deep listener hears.

It does not learn, and says nothing about genre or lyrics.

The predictors and their signs are those that studies of ratings by listeners agree on: arousal rises with loudness,
event density, a clear and a fast beat, percussion and brightness; valence falls with the minor mode and with noise,
and rises with tempo, density and brightness (Eerola, Lartillot & Toiviainen 2009; Gomez & Danuser 2007). Their sizes
are set by hand in that order, each predictor scaled to 0..1 over the range that it has in music, so that a soft slow
piano piece comes out near 0.15 and loud fast dance music near 0.85 in arousal; they are no one's measured coefficients.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MoodFacts:
    """What the mood is guessed from."""

    lufs: float
    onset_rate_hz: float
    bpm: float
    """0 when no tempo is known."""
    centroid_hz: float
    minor_lean: float
    """-1 clearly major .. 1 clearly minor."""
    noise: float
    """0 nothing but tones .. 1 nothing but noise."""
    pulse: float = 0.0
    """How clear the beat is, 0..1."""
    percussion: float | None = None
    """Share of drums in the power, 0..1; only the deep listener knows."""


def share(value: float, low: float, high: float) -> float:
    """Where `value` lies between `low` and `high`, kept within 0..1."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def arousal(facts: MoodFacts) -> float:
    """0 calm .. 1 excited."""
    rhythm = facts.pulse * (0.4 + 0.6 * share(facts.bpm, 60.0, 170.0)) if facts.bpm else 0.0
    parts = [
        (0.24, share(facts.lufs, -32.0, -8.0)),  # no more: how loud a computer plays is partly chance
        (0.28, share(facts.onset_rate_hz, 0.5, 8.0)),
        (0.32, rhythm),
        (0.16, share(facts.centroid_hz, 500.0, 4000.0)),
    ]
    if facts.percussion is not None:
        parts.append((0.12, share(facts.percussion, 0.05, 0.45)))
    return sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)


def valence(facts: MoodFacts) -> float:
    """0 sad .. 1 happy."""
    tempo = share(facts.bpm, 60.0, 150.0) if facts.bpm else 0.4
    value = (
        0.5
        - 0.24 * facts.minor_lean
        + 0.22 * (tempo - 0.45)
        + 0.14 * (share(facts.onset_rate_hz, 0.5, 7.0) - 0.4)
        + 0.10 * (share(facts.centroid_hz, 500.0, 3500.0) - 0.4)
        - 0.25 * facts.noise
    )
    return min(1.0, max(0.0, value))


class LiveMood:
    """The guess as a running mean: quick at first, over some 6 s later; a deep opinion leans on it and fades."""

    SMOOTHING_S: Final = 6.0
    START_S: Final = 0.5
    """What the value from before the music counts for: after 3 s of music it weighs a seventh."""
    DEEP_SHARE: Final = 0.65
    DEEP_LASTS_S: Final = 20.0

    def __init__(self) -> None:
        self.valence, self.arousal = 0.5, 0.3
        self._deep: tuple[float, float] = (0.5, 0.3)
        self._deep_left_s = 0.0
        self._heard_s = 0.0

    def forget(self) -> None:
        """Lets the next seconds count as the first: a new track has begun."""
        self._heard_s = self._deep_left_s = 0.0

    def hint(self, deep_valence: float, deep_arousal: float) -> None:
        """The deep listener's opinion; it pulls, and nothing jumps."""
        self._deep = (deep_valence, deep_arousal)
        self._deep_left_s = self.DEEP_LASTS_S

    def step(self, facts: MoodFacts, step_s: float) -> None:
        """Goes on by `step_s`."""
        self._heard_s += step_s
        self._deep_left_s = max(0.0, self._deep_left_s - step_s)
        deep = self.DEEP_SHARE * min(1.0, 2 * self._deep_left_s / self.DEEP_LASTS_S)
        pace = step_s / min(self.SMOOTHING_S, self.START_S + self._heard_s)
        self.valence += ((1 - deep) * valence(facts) + deep * self._deep[0] - self.valence) * pace
        self.arousal += ((1 - deep) * arousal(facts) + deep * self._deep[1] - self.arousal) * pace
