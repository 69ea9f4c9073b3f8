"""A small recurrent network that says how likely a beat, a downbeat and an onset were four hops ago, and each tempo is.

It hears the past alone and tracks nothing: what is made of its words stands in beat.py. It was trained on generated
music whose beats are known (training/).
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.spectrum import Spectrum

Array = npt.NDArray[np.float32]

DELAY_S: Final = 0.046
"""How long after a beat the network has been asked for it: four hops, when the window holds the attack well."""
TEMPI_BPM: Final = np.geomspace(54.0, 215.0, 25)
"""Centres of the tempo classes, a twelfth of an octave apart."""
NO_TEMPO: Final = np.zeros(len(TEMPI_BPM), np.float32)
WEIGHTS_FILE: Final = "beatnet.npz"


@dataclass(frozen=True, slots=True)
class Activation:
    """Probabilities, 0..1, about the moment DELAY_S before the end of the hop."""

    beat: float
    """Of any beat, downbeats among them."""
    downbeat: float
    onset: float
    tempo: Array = field(default_factory=lambda: NO_TEMPO, repr=False)
    """How likely each of TEMPI_BPM is the tempo now, shape (25,), as logarithms up to a constant."""


@cache
def trained_weights() -> dict[str, Array]:
    """The weights that are part of this package; one copy for all."""
    with files("artvis.audio").joinpath(WEIGHTS_FILE).open("rb") as file, np.load(file) as found:
        return {name: np.ascontiguousarray(found[name].T, np.float32) for name in found.files}


class _Recurrent:
    """A layer of gated recurrent units. Source: Cho et al. 2014, with the reset after the product."""

    def __init__(self, weights: dict[str, Array], name: str) -> None:
        self._in, self._bias = weights[f"{name}_in"], weights[f"{name}_bias"]
        self._back, self._back_bias = weights[f"{name}_back"], weights[f"{name}_back_bias"]
        self.state = np.zeros(self._back.shape[1], np.float32)

    def step(self, given: Array) -> Array:
        units = len(self.state)
        fed = self._in @ given
        fed += self._bias
        past = self._back @ self.state
        gates = fed[: 2 * units]
        gates += past[: 2 * units]
        gates *= np.float32(0.5)
        np.tanh(gates, out=gates)  # the logistic function, which in this form never overflows
        gates += 1
        gates *= np.float32(0.5)
        new = past[2 * units :]
        new += self._back_bias
        new *= gates[units:]
        new += fed[2 * units :]
        np.tanh(new, out=new)
        self.state -= new
        self.state *= gates[:units]
        self.state += new
        return self.state


class BeatNetwork:
    """Two recurrent layers between a dense one before and a dense one after; about 90,000 weights."""

    def __init__(self, weights: dict[str, Array] | None = None) -> None:
        """`weights`: matrices as (outputs, inputs); those that are part of this package if None."""
        weights = trained_weights() if weights is None else weights
        self._front, self._front_bias = weights["front"], weights["front_bias"]
        self._layers = _Recurrent(weights, "first"), _Recurrent(weights, "second")
        self._out, self._out_bias = weights["out"], weights["out_bias"]
        self._states = np.zeros(self._out.shape[1], np.float32)

    def step(self, given: Spectrum) -> Activation:
        """One hop on; `given` is what `BeatInput.step` gives, shape (228,)."""
        front = self._front @ given
        front += self._front_bias
        np.maximum(front, 0, out=front)
        first = self._layers[0].step(front)
        second = self._layers[1].step(first)
        self._states[: len(first)] = first
        self._states[len(first) :] = second
        words = self._out @ self._states
        words += self._out_bias
        beat, downbeat, onset = (1 / (1 + np.exp(-np.clip(words[:3], -30, 30)))).tolist()
        return Activation(beat, min(downbeat, beat), onset, words[3:])

    def forget(self) -> None:
        """Begins anew, as at the start of a track."""
        for layer in self._layers:
            layer.state[:] = 0
