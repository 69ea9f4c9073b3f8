"""The painter 'warp': silk in folds, and agate in bands about a crystal heart, by warping noise with noise.

The forms are worked out on a coarse grid; bands and veins are cut from them at full size, so they stay sharp.
"""

import numpy as np

from artvis.model.artwork import Pixels
from artvis.model.mood import PaintMood
from artvis.painters.canvas import develop
from artvis.painters.layout import Layout, Sheet, axes, layout_of, quiet_margins, shoulder
from artvis.painters.noise import Plane, sample, tile
from artvis.palette.palette import Palette

KINDS = {"silk": (1.0, 0.45), "agate": (0.8, 1.0)}
_BANDS = 4096
_BANDS_SPAN = 16.0
"""Phases after which the bands of an agate begin anew."""


def warp(mood: PaintMood, palette: Palette, seed: int, size: tuple[int, int]) -> Pixels:
    """Silk or agate, shape (height, width, 3); `size` is (width, height)."""
    plan = layout_of(mood, seed, size, salt=0x3A49, kinds=KINDS)
    sheet = Sheet(plan.aspect)
    paint = _silk if plan.kind == "silk" else _agate
    tone, warmth, accent = paint(plan, sheet, *axes(size))
    return develop(tone, warmth, accent, palette=palette, rng=plan.rng(99))


def _warped(plan: Layout, x: Plane, y: Plane, *, scale: float, amount: float) -> tuple[Plane, Plane, Plane]:
    """Noise at places moved by noise moved by noise; with the last move (Quilez, 'domain warping', 2002)."""
    texture = tile(plan.rng(1), 4, side=256, octaves=4, gain=0.42)
    a = np.float32(amount)
    # Turned, so that the axes of the lattice never lie along those of the picture.
    x, y = (x * 0.83 - y * 0.56) * np.float32(scale), (x * 0.56 + y * 0.83) * np.float32(scale)
    q = sample(texture, x + 0.13, y + 0.71), sample(texture, x + 0.57, y + 0.29)
    r = (
        sample(texture, x + a * q[0] + 0.37, y + a * q[1] + 0.11),
        sample(texture, x + a * q[0] + 0.83, y + a * q[1] + 0.53),
    )
    return sample(texture, x + a * r[0], y + a * r[1]), r[0], r[1]


def _silk(plan: Layout, sheet: Sheet, xs: Plane, ys: Plane) -> tuple[Plane, Plane, Plane]:
    rng = plan.rng(2)
    x, y = sheet.x, sheet.y
    noise, bend, sway = _warped(plan, x, y, scale=0.13 / plan.form, amount=0.05 + 0.05 * plan.force)
    slant = plan.side * float(rng.uniform(0.45, 0.75) + 0.35 * plan.force)
    along = (x - plan.focus[0]) * np.cos(slant) + (y - plan.focus[1]) * np.sin(slant)
    phase = along * np.float32((11.0 + 2.5 * plan.force) / plan.form) + bend * 1.7 + noise * 0.5
    fold = np.sin(phase) + (0.30 + 0.25 * plan.force) * np.sin(phase * 2.1 + sway * 1.7)
    height = fold * (0.75 + 0.25 * np.tanh(sway)) * 0.085 * plan.form
    across, down = sheet.slopes(height)
    lit = (across * np.float32(-plan.side * 0.8) + down * np.float32(-0.6)) / np.sqrt(1 + across**2 + down**2)
    far = np.hypot(x - plan.focus[0], (y - plan.focus[1]) * 1.1)
    near = np.exp(-((far / 0.42) ** 2))
    quiet = quiet_margins(plan, x, y, 0.3)
    strength = (2.1 + 0.3 * plan.force) * (0.6 + 0.4 * quiet)
    tone = 1.45 + 0.85 * plan.valence + strength * (1.15 * lit + 0.25 * fold) + 1.0 * near
    # Satin throws light back in a narrow band along the crest of each fold.
    sheen = np.exp(-(((lit - 0.42) / 0.17) ** 2)) * (0.35 + 0.9 * near)
    tone = shoulder(np.asarray(tone, np.float32)) + (0.85 + 0.5 * plan.crisp) * sheen
    vein = np.exp(-(((phase - 1.15) / 0.16) ** 2)) * np.exp(-((far / 0.34) ** 2))
    fine = [
        sheet.fine(np.asarray(each, np.float32), xs, ys)
        for each in (tone, 0.9 * near - 0.35 + 0.5 * lit, vein)
    ]
    threads = sheet.fine(np.asarray(phase * 1.0 + noise * 0.2, np.float32), xs, ys)
    fine[0] += np.sin(threads * np.float32(46.0)) * np.float32(0.015 + 0.03 * plan.crisp)
    return fine[0], fine[1], np.clip(fine[2], 0, 1)


def _agate(plan: Layout, sheet: Sheet, xs: Plane, ys: Plane) -> tuple[Plane, Plane, Plane]:
    rng = plan.rng(3)
    x, y = sheet.x, sheet.y
    noise, bend, _ = _warped(plan, x, y, scale=0.17 / plan.form, amount=0.06 + 0.07 * plan.force)
    dx, dy = x - plan.focus[0], y - plan.focus[1]
    turn = float(rng.uniform(-0.6, 0.6))
    u, v = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
    far = np.sqrt((u * 0.8) ** 2 + (v * 1.25) ** 2 + 0.0004)
    phase = np.asarray(
        (far + (0.085 + 0.05 * plan.force) * (noise + 0.8 * bend) * np.tanh(far * 5.0))
        * (6.2 / plan.form**0.6),
        np.float32,
    )
    across, down = sheet.slopes(phase)
    steep = np.hypot(across, down)
    lit = (across * np.float32(plan.side * -0.8) + down * np.float32(-0.6)) / (steep + 2.0)
    bands = _bands(plan)
    fine_phase = sheet.fine(phase, xs, ys)
    footprint = sheet.fine(np.asarray(steep, np.float32), xs, ys) / np.float32(len(ys))
    tone = _banded(bands, fine_phase, footprint)
    glow = np.exp(-((far / 0.20) ** 2))
    ground = 0.30 * plan.side * (x / plan.aspect - 0.5) - 0.45 * (1 - quiet_margins(plan, x, y, 0.35))
    tone += sheet.fine(np.asarray(0.75 * lit + 1.1 * glow + ground, np.float32), xs, ys)
    relief = _banded(np.asarray(np.roll(bands, 14) - np.roll(bands, -14), np.float32), fine_phase, footprint)
    tone += relief * sheet.fine(np.asarray(lit, np.float32), xs, ys) * np.float32(0.55)
    vein = _line(fine_phase, footprint, at=float(rng.uniform(1.3, 1.7)), width=0.0055 * len(ys))
    second = _line(fine_phase, footprint, at=float(rng.uniform(2.3, 2.7)), width=0.0018 * len(ys))
    accent = np.maximum(vein, second * np.float32(0.8))
    return shoulder(tone), sheet.fine(np.asarray(0.8 * glow + 0.3 * bend - 0.1, np.float32), xs, ys), accent


def _bands(plan: Layout) -> Plane:
    """Tone of each phase: broad bands of few tones, in them thin lines, lighter toward the heart."""
    rng = plan.rng(4)
    phase = np.arange(_BANDS, dtype=np.float32) * np.float32(_BANDS_SPAN / _BANDS)
    tone = np.zeros(_BANDS, np.float32)
    for mean, spread, soft in (
        (0.75, 1.05, 24),
        (0.26, 0.42 + 0.25 * plan.force, 9),
        (0.075, 0.24 + 0.25 * plan.crisp, 3),
    ):
        edges = np.cumsum(rng.gamma(2.2, mean / 2.2, int(_BANDS_SPAN / mean * 2.5)))
        levels = rng.standard_normal(len(edges) + 1) * spread
        steps = levels[np.searchsorted(edges, phase)]
        kernel = np.hanning(soft + 2)
        tone += np.convolve(np.pad(steps, len(kernel), mode="wrap"), kernel / kernel.sum(), "same")[
            len(kernel) : -len(kernel)
        ].astype(np.float32)
    heart = 1.6 * np.exp(-((phase / 0.9) ** 2)) - 0.7 * np.exp(-(((phase - 1.5) / 0.6) ** 2))
    return np.asarray(1.35 + 1.1 * plan.valence + (0.72 + 0.5 * plan.force) * tone + heart, np.float32)


def _banded(bands: Plane, phase: Plane, footprint: Plane) -> Plane:
    """The bands at these phases, blurred where they would be finer than a pixel."""
    per_phase = _BANDS / _BANDS_SPAN
    place = (np.abs(phase) * np.float32(per_phase)).astype(np.int32) & (_BANDS - 1)
    blurred = bands
    total = bands[place]
    for level in range(6):
        reach = 2**level
        blurred = (np.roll(blurred, reach) + 2 * blurred + np.roll(blurred, -reach)) / np.float32(4)
        share = np.clip(footprint * np.float32(per_phase / reach) - np.float32(0.7), 0, 1)
        if not share.any():
            break
        total += share * (blurred[place] - total)
    return np.asarray(total, np.float32)


def _line(phase: Plane, footprint: Plane, *, at: float, width: float) -> Plane:
    """1 within `width` pixels of a phase, with an edge one pixel soft."""
    away = np.abs(phase - np.float32(at)) / np.maximum(footprint, np.float32(1e-6))
    return np.asarray(
        np.clip(np.float32(width) - away + np.float32(0.5), 0, 1) * min(1.0, 2 * width), np.float32
    )
