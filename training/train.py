"""Trains the beat network on measured pieces and writes its weights.

    python training/train.py TRAIN_CACHE TUNE_CACHE OUT.npz [--minutes 40] [--seed 1]

Needs jax and optax, which artvis itself does not. What the network computes stands in artvis/audio/beatnet.py.
"""

import argparse
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from batches import Batches, shaped
from measures import Measured, frames_of, load, tempo_of

from artvis.audio.beatinput import INPUTS
from artvis.audio.beatnet import TEMPI_BPM

FRONT, FIRST, SECOND = 64, 96, 64
OUTPUTS = 3 + len(TEMPI_BPM)
HOPS, SIZE = 1032, 64
TEMPO_SHARE = 0.06
"""Of the tempo in the loss."""
Weights = dict[str, jax.Array]


def fresh_weights(seed: int) -> Weights:
    rng = np.random.default_rng(seed)

    def matrix(rows: int, columns: int) -> jax.Array:
        return jnp.asarray(rng.normal(0, 1 / np.sqrt(rows), (rows, columns)), jnp.float32)

    weights = {"front": matrix(INPUTS, FRONT), "front_bias": jnp.zeros(FRONT)}
    for name, given, units in (("first", FRONT, FIRST), ("second", FIRST, SECOND)):
        weights |= {
            f"{name}_in": matrix(given, 3 * units), f"{name}_back": matrix(units, 3 * units),
            f"{name}_bias": jnp.concatenate([jnp.full(units, 1.0), jnp.zeros(2 * units)]),
            f"{name}_back_bias": jnp.zeros(units),
        }  # fmt: skip
    return weights | {"out": matrix(FIRST + SECOND, OUTPUTS), "out_bias": jnp.zeros(OUTPUTS).at[:3].set(-3.0)}


def recurrent(weights: Weights, name: str, given: jax.Array) -> jax.Array:
    """A gated recurrent unit (Cho et al. 2014, reset after the product) over (hops, size, n)."""
    back, back_bias = weights[f"{name}_back"], weights[f"{name}_back_bias"]
    units = back.shape[0]
    fed = given @ weights[f"{name}_in"] + weights[f"{name}_bias"]

    def step(state: jax.Array, now: jax.Array) -> tuple[jax.Array, jax.Array]:
        past = state @ back
        keep = jax.nn.sigmoid(now[:, :units] + past[:, :units])
        reset = jax.nn.sigmoid(now[:, units : 2 * units] + past[:, units : 2 * units])
        new = jnp.tanh(now[:, 2 * units :] + reset * (past[:, 2 * units :] + back_bias))
        state = keep * state + (1 - keep) * new
        return state, state

    return jax.lax.scan(step, jnp.zeros((given.shape[1], units)), fed)[1]


def logits(weights: Weights, inputs: jax.Array) -> jax.Array:
    """(size, hops, 228) to (size, hops, 28): beat, downbeat, onset, tempo classes."""
    front = jax.nn.relu(jnp.swapaxes(inputs, 0, 1) @ weights["front"] + weights["front_bias"])
    first = recurrent(weights, "first", front)
    second = recurrent(weights, "second", first)
    out = jnp.concatenate([first, second], axis=-1) @ weights["out"] + weights["out_bias"]
    return jnp.swapaxes(out, 0, 1)


def loss(weights: Weights, inputs: jax.Array, targets: jax.Array, counts: jax.Array) -> jax.Array:
    said = logits(weights, inputs)
    marks = optax.sigmoid_binary_cross_entropy(said[..., :3], targets[..., :3]) * counts[..., :3]
    tempo = optax.softmax_cross_entropy(said[..., 3:], targets[..., 3:]) * counts[..., 3]
    share = (marks.sum(axis=(0, 1)) / (counts[..., :3].sum(axis=(0, 1)) + 1.0)).sum()
    return share + TEMPO_SHARE * tempo.sum() / (counts[..., 3].sum() + 1.0)


Batch = tuple[np.ndarray, np.ndarray, np.ndarray]
CHECK_EVERY = 50
MEAN_FROM = 300
"""Updates until the running mean of the weights, which is what is kept, means anything."""


class Learner:
    """Weights, and their running mean, moved by batches."""

    def __init__(self, weights: Weights, rate: float) -> None:
        self._optimiser = optax.chain(
            optax.clip_by_global_norm(1.0), optax.inject_hyperparams(optax.adam)(learning_rate=rate)
        )
        self.weights = self.mean = weights
        self._state = self._optimiser.init(weights)
        self._update = jax.jit(self._moved)
        self._judge = jax.jit(loss)
        self.updates = 0

    @property
    def best_guess(self) -> Weights:
        return self.mean if self.updates > 2 * MEAN_FROM else self.weights

    def learn(self, batch: Batch, rate: float) -> float:
        value, self.weights, self._state, self.mean = self._update(
            self.weights, self._state, self.mean, *batch, rate
        )
        self.updates += 1
        if self.updates == MEAN_FROM:
            self.mean = self.weights
        return float(value)

    def judge(self, batch: Batch) -> float:
        return float(self._judge(self.best_guess, *batch))

    def _moved(
        self, weights: Weights, state: optax.OptState, mean: Weights, *batch_and_rate: jax.Array
    ) -> tuple[jax.Array, Weights, optax.OptState, Weights]:
        *batch, rate = batch_and_rate
        value, slope = jax.value_and_grad(loss)(weights, *batch)
        state[1].hyperparams["learning_rate"] = rate
        change, state = self._optimiser.update(slope, state)
        weights = optax.apply_updates(weights, change)
        return value, weights, state, jax.tree.map(lambda old, new: 0.995 * old + 0.005 * new, mean, weights)


def whole(pieces: list[Measured]) -> Batch:
    """All pieces as one batch, undisturbed, each cut to the shortest."""
    shortest = min(len(piece.magnitudes) for piece in pieces)
    inputs = np.stack([shaped(piece.magnitudes[:shortest].astype(np.float32)) for piece in pieces])
    truth = np.zeros((len(pieces), shortest, OUTPUTS), np.float32)
    counts = np.ones((len(pieces), shortest, 4), np.float32)
    for row, piece in enumerate(pieces):
        for column, times_s in enumerate((piece.beats, piece.downbeats, piece.onsets)):
            truth[row, :, column] = frames_of(times_s, shortest)
        truth[row, :, 3:], counts[row, :, 3] = tempo_of(piece.beats, shortest)
        counts[row, :, 2] = piece.knows_onsets
    return inputs, truth, counts


def started(weights: Weights, path: Path) -> Weights:
    """`weights` with what a file has of them."""
    with np.load(path) as found:
        for name in found.files:
            weights[name] = weights[name].at[tuple(slice(0, n) for n in found[name].shape)].set(found[name])
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("tune", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    args = parser.parse_args()
    weights = fresh_weights(args.seed)
    learner = Learner(started(weights, args.start) if args.start else weights, args.rate)
    batches = Batches(load(args.train), np.random.default_rng(args.seed), hops=HOPS, size=SIZE)
    check = whole(load(args.tune))
    begun_s, recent, best = time.monotonic(), [], float("inf")
    while (spent := (time.monotonic() - begun_s) / 60 / args.minutes) < 1:
        slow_start = min(1.0, learner.updates / 50 + 0.05)
        rate = args.rate * slow_start * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * spent)))
        recent.append(learner.learn(batches.next(), rate))
        if learner.updates % CHECK_EVERY == 0:
            seen = learner.judge(check)
            print(f"{learner.updates} {spent:.2f} learnt {np.mean(recent):.4f} seen {seen:.4f}", flush=True)
            recent = []
            if seen < best:
                best = seen
                np.savez(args.out, **{name: np.asarray(value) for name, value in learner.best_guess.items()})


if __name__ == "__main__":
    main()
