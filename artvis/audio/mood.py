"""A first guess of the mood from what is heard live, until the deep listener gives its own.

A regression with written constants: it does not learn, and says nothing about genre or lyrics.
"""

from dataclasses import dataclass

from artvis.model.music import HOP_S


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
    flatness: float


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def arousal(facts: MoodFacts) -> float:
    """0 calm .. 1 excited: loudness, density, tempo, brightness, in the order of their known weight.

    Signs and order after Eerola, Lartillot & Toiviainen 2009 (arousal: loudness, event density, brightness).
    """
    tempo = _share(facts.bpm, 60.0, 170.0) if facts.bpm else 0.3
    return min(
        1.0,
        0.34 * _share(facts.lufs, -32.0, -8.0)
        + 0.30 * _share(facts.onset_rate_hz, 0.5, 8.0)
        + 0.20 * tempo
        + 0.16 * _share(facts.centroid_hz, 500.0, 4000.0),
    )


def valence(facts: MoodFacts) -> float:
    """0 sad .. 1 happy: mode first, then tempo and density, a little brightness; noise takes away.

    Signs after Eerola, Lartillot & Toiviainen 2009 (valence: mode, key clarity, tempo; roughness against).
    """
    tempo = _share(facts.bpm, 60.0, 150.0) if facts.bpm else 0.4
    value = (
        0.5
        - 0.24 * facts.minor_lean
        + 0.22 * (tempo - 0.45)
        + 0.14 * (_share(facts.onset_rate_hz, 0.5, 7.0) - 0.4)
        + 0.10 * (_share(facts.centroid_hz, 500.0, 3500.0) - 0.4)
        - 0.25 * _share(facts.flatness, 0.35, 0.56)
    )
    return min(1.0, max(0.0, value))


class LiveMood:
    """The guess, smoothed over some 6 s; a deep result pulls it over for as long as it is fresh."""

    SMOOTHING_S = 6.0
    DEEP_SHARE = 0.65
    DEEP_LASTS_S = 20.0

    def __init__(self) -> None:
        self.valence, self.arousal = 0.5, 0.3
        self._deep: tuple[float, float] = (0.5, 0.3)
        self._deep_left_s = 0.0

    def hint(self, deep_valence: float, deep_arousal: float) -> None:
        self._deep = (deep_valence, deep_arousal)
        self._deep_left_s = self.DEEP_LASTS_S

    def step(self, facts: MoodFacts) -> None:
        """One hop on."""
        self._deep_left_s = max(0.0, self._deep_left_s - HOP_S)
        share = self.DEEP_SHARE if self._deep_left_s else 0.0
        pace = HOP_S / self.SMOOTHING_S
        self.valence += ((1 - share) * valence(facts) + share * self._deep[0] - self.valence) * pace
        self.arousal += ((1 - share) * arousal(facts) + share * self._deep[1] - self.arousal) * pace
