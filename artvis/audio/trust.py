"""How far the beat can be trusted: of the beats announced with confidence .8, eight of ten are right.

It looks at how the belief of the bar pointer and the words of the network agree, and follows nothing itself.
"""

import math
from typing import Final

import numpy as np

from artvis.audio.beat import Pointer
from artvis.audio.beatnet import TEMPI_BPM, Activation
from artvis.model.music import HOP_S

TRUST_FROM: Final = 0.40
"""Confidence from which beats are announced."""
TRUST_UNTIL: Final = 0.25
SUPPORT_BEATS: Final = 8.0
RECENT_BEATS: Final = 2.5
NEAR_HOPS: Final = 3.0
SAME_OCTAVES: Final = 0.11
"""Tempi that near are the same one."""
RISE_S = FALL_S = 0.12
BIAS: Final = -2.55
WEIGHTS: Final = (0.68, 0.71, 1.88, 2.14, 1.24, 1.14)
"""Of a logistic regression on music with known beats, for `Trust.facts`."""


class Trust:
    """Confidence, smoothed, with hysteresis."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        self.trusted, self.confidence = False, 0.0
        self._support = self._recent = self._stray = self._agreed = 0.0
        self._on = self._off = 0.0
        self._beats = 0
        self._phase = 0.0

    def rest(self) -> None:
        """There is silence: nothing can be trusted."""
        self.trusted, self.confidence = False, 0.0

    def step(self, pointer: Pointer, heard: Activation) -> None:
        """One hop on."""
        if pointer.jumped:
            self._beats = 0
        self._gather(pointer, heard)
        sure = 1 / (
            1 + math.exp(-BIAS - sum(w * f for w, f in zip(WEIGHTS, self.facts(pointer), strict=True)))
        )
        pace = HOP_S / (FALL_S if sure < self.confidence else RISE_S)
        self.confidence += (sure - self.confidence) * pace
        self.trusted = self.confidence >= (TRUST_UNTIL if self.trusted else TRUST_FROM)

    def facts(self, pointer: Pointer) -> tuple[float, float, float, float, float, float]:
        """What the regression looks at, each 0..1.

        Belief near the beat; mean of the strongest word near each beat, over eight beats and lately, and away from
        them; how far the network's tempo agrees; how long this beat has been followed.
        """
        long = min(1.0, self._beats / 16)
        return pointer.mass, self._support, self._recent, self._stray, self._agreed, long

    def _gather(self, pointer: Pointer, heard: Activation) -> None:
        hops_off = min(pointer.phase, 1 - pointer.phase) * pointer.period_hops
        if hops_off <= NEAR_HOPS:
            self._on = max(self._on, heard.beat)
        else:
            self._off = max(self._off, heard.beat)
        if self._phase < 0.5 <= pointer.phase:  # half a beat after it, both have been heard
            self._count_beat(pointer, heard)
        self._phase = pointer.phase

    def _count_beat(self, pointer: Pointer, heard: Activation) -> None:
        self._beats += 1
        pace = 1 / min(SUPPORT_BEATS, self._beats + 1.0)
        self._support += (self._on - self._support) * pace
        self._recent += (self._on - self._recent) * max(pace, 1 / RECENT_BEATS)
        self._stray += (self._off - self._stray) * pace
        self._on = self._off = 0.0
        likely = np.exp(heard.tempo - heard.tempo.max())
        same = np.abs(np.log2(TEMPI_BPM * pointer.period_hops * HOP_S / 60)) < SAME_OCTAVES
        self._agreed += (float(likely[same].sum() / likely.sum()) - self._agreed) * max(pace, 0.3)
