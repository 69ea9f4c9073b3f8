"""What each note says for a key: weights of a softmax regression, and of the confidence that goes with it.

Numbers only; key.py uses them, and training/key_profiles.py fits them: over 300 pieces, of mma and of made-up dance
music through soft synthesizers, some through a room, clipped or out of tune, and chorales. The fit began at, and was
held near, the mean of the profiles of Temperley 1999 (leaning to major) and of Albrecht & Shanahan 2013 (leaning to
minor), and used each piece as heard at 3 to 36 s.
"""

from typing import Final

Profile = tuple[tuple[float, ...], tuple[float, ...]]
"""Weight of each note above the tonic, in semitones: in the chords, and in the bass."""

MAJOR: Final[Profile] = (
    (5.72, -3.45, 1.04, -3.35, 3.42, 0.76, -2.96, 4.55, -2.72, -0.25, -4.03, 1.28),
    (1.62, -0.83, 0.01, -1.01, 0.98, -0.37, -0.57, 1.52, -0.64, -0.01, -0.95, 0.25),
)
MINOR: Final[Profile] = (
    (5.83, -4.21, 1.89, 3.60, -3.83, 0.80, -3.42, 5.23, -0.40, -2.92, -2.65, 0.06),
    (1.88, -1.85, 0.42, 0.94, -1.25, -0.02, -1.07, 1.73, 0.24, -0.88, -0.28, 0.13),
)
MINOR_BIAS: Final = -0.39
CERTAINTY: Final = (-0.23, 1.17, 0.06, 0.27)
"""Constant, and weights of the log odds, of the logarithm of the tonality, and of that of the seconds heard."""
