"""What each note and chord says for a key: weights of a softmax regression, and of the confidence that goes with it.

Numbers only; key.py uses them, and training/key_profiles.py fits them and writes this file: pieces of mma and made-up
dance music through soft synthesizers, some through a room, clipped or out of tune, each as heard for 3 to 36 s from
three places on. The fit began at, and was held near, the mean of the profiles of Temperley 1999 (leaning to major) and
of Albrecht & Shanahan 2013 (leaning to minor).
"""

from typing import Final

Profile = tuple[tuple[float, ...], ...]
"""Weight of each semitone above the tonic: as a note, as a bass note, as the root of a major and of a minor triad."""

MAJOR: Final[Profile] = (
    (4.98, -3.23, 1.32, -2.56, 2.36, 0.93, -2.69, 4.10, -2.70, 0.68, -4.22, 1.02),
    (0.73, -0.83, -0.09, -1.09, 0.73, 0.17, -0.43, 0.77, -0.65, 0.66, -0.10, 0.13),
    (0.10, -0.11, -0.36, 0.90, -1.24, -0.49, 0.77, 0.93, 0.82, 0.48, -1.05, -0.76),
    (-1.30, 0.50, 0.38, 0.90, -0.05, -0.88, -0.12, -0.77, 0.29, 0.14, 0.53, 0.39),
)
MINOR: Final[Profile] = (
    (4.52, -4.36, 1.49, 2.41, -3.23, 1.09, -3.78, 4.47, 0.67, -2.05, -1.11, -0.13),
    (1.29, -1.03, 0.10, -0.31, -0.59, 0.60, -0.32, 1.15, -0.34, -0.28, -0.38, 0.13),
    (-1.17, -0.63, -0.32, -0.17, -0.17, -0.99, 0.96, 1.14, -0.28, 0.84, 1.59, -0.80),
    (0.69, 1.45, 0.13, -0.10, -0.92, -0.14, 1.20, -1.77, -0.14, -0.84, 0.40, 0.04),
)
MINOR_BIAS: Final = 0.23
CERTAINTY: Final = (-0.73, 1.29, 0.93, 0.87)
"""Constant, and weights of the log odds, of the logarithm of the tonality, and of that of the seconds heard."""
