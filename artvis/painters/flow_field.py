"""The current that strokes follow and the plan of light and dark they are painted in, for the painter 'flow'.

It lays no paint. Positions are in picture heights from the upper left corner.
"""

from dataclasses import dataclass

import numpy as np

from artvis.model.mood import PaintMood
from artvis.painters.noise import Field, Plane, smoothstep
from artvis.palette.drama import drama

KINDS = ("whirl", "river", "bloom", "wave", "surge")
_GRID = 160
"""Rows of the grid the current is known on; strokes read between its points."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a mood and a seed decide."""

    seed: int
    aspect: float
    focus: tuple[float, float]
    side: float
    """-1: the light comes from the left, 1: from the right."""
    kind: str
    form: float
    """Size of the largest forms, in heights."""
    turbulence: float
    contrast: float
    key_tone: float
    """The tone the picture lives around."""
    spiral: float
    """How strongly the current runs out from the focus, against going round it."""
    arms: int
    broad: float
    """Width of the broad strokes against the usual."""
    length: float
    """Of a broad stroke, in heights."""
    crisp: float
    """0 velvet, 1 glass."""
    restless: float
    """0 calm, 1 violent."""
    slant: float
    """Of the whole current against the horizontal, in radians: steep for violent music."""

    def rng(self, tag: int) -> np.random.Generator:
        return np.random.default_rng([self.seed & 0xFFFFFFFF, 0xF10F, tag])


def plan_of(mood: PaintMood, seed: int, aspect: float) -> Plan:
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 0xF10F, 0])
    force = drama(mood.arousal)
    # Calm music flows past, violent music turns about a centre or shoots across the picture.
    weights = np.array([0.9 + 0.5 * force, 1.3 - force, 0.7 + 0.7 * force, 1.3 - 1.1 * force, 1.4 * force])
    chosen = KINDS[int(rng.choice(len(KINDS), p=weights / weights.sum()))]
    kind = mood.scene if mood.scene in KINDS else chosen
    side = 1.0 if rng.random() < 0.5 else -1.0
    third = float(rng.uniform(0.31, 0.37))
    focus = (aspect * (1 - third if side > 0 else third), float(rng.uniform(0.34, 0.42)))
    if rng.random() < 0.4:
        focus = (focus[0], 1 - focus[1])
    bpm = mood.bpm if mood.bpm > 0 else 95.0
    return Plan(
        seed=seed,
        aspect=aspect,
        focus=focus,
        side=side,
        kind=kind,
        form=float(np.interp(bpm, [60, 95, 150], [1.05, 0.72, 0.46])) * (1.2 - 0.4 * mood.section_scale),
        turbulence=(0.30 + 0.80 * force) * (0.45 if kind == "surge" else 1.0),
        contrast=0.84 + 0.54 * force,
        key_tone=1.80 + 1.35 * mood.valence,
        spiral={"whirl": 0.09, "bloom": 0.26}.get(kind, 0.0) * float(rng.choice([-1.0, 1.0])),
        arms={"whirl": 2, "bloom": 3}.get(kind, 0),
        length=(0.62 - 0.24 * force) * (1 - 0.03 * min(mood.onset_rate_hz, 10.0)),
        broad=1.30 - 0.42 * force,
        crisp=float(np.interp(mood.centroid_hz or 1800.0, [700, 4500], [0.15, 1.0])),
        restless=force,
        slant=float(
            rng.uniform(-0.4, 0.4) * (1 - force) + rng.choice([-1.0, 1.0]) * rng.uniform(0.45, 0.8) * force
        ),
    )


def _shoulder(tone: Plane) -> Plane:
    """Tones bent softly into 0.35..4.65, so that neither light nor shadow runs flat."""
    return np.asarray(2.5 + 2.15 * np.tanh((tone - 2.5) / 2.3), np.float32)


class Current:
    """Directions and tones on a grid, read at any position."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._columns = round(_GRID * plan.aspect)
        margin = 0.06
        self._low = -margin
        self._step = (1 + 2 * margin) / (_GRID - 1)
        ys = (np.arange(_GRID, dtype=np.float32) * self._step - margin).astype(np.float32)
        xs = (
            np.arange(self._columns + round(2 * margin * _GRID), dtype=np.float32) * self._step - margin
        ).astype(np.float32)
        x, y = np.meshgrid(xs, ys)
        far = np.hypot(x - plan.focus[0], y - plan.focus[1])
        angle = np.arctan2(y - plan.focus[1], x - plan.focus[0])
        rng = plan.rng(1)
        turn = float(rng.choice([-1.0, 1.0]))
        stream = self._stream(xs, ys, x, y, far, turn=turn, rng=rng)
        down, across = np.gradient(stream, self._step)
        pull = plan.spiral / (far + 0.08) * np.exp(-((far / 0.8) ** 2))
        across_flow = down + pull * np.cos(angle)
        down_flow = -across + pull * np.sin(angle)
        speed = np.hypot(across_flow, down_flow) + 1e-6
        self._directions = np.stack([across_flow / speed, down_flow / speed], -1).astype(np.float32)
        # Arms turn with the current: a whole number of them, so that no seam shows where the angle jumps.
        self._phase = np.asarray(stream * (11.0 / plan.form**0.5) * (1 - 0.5 * (plan.arms > 0)), np.float32)
        self._arms = (
            np.asarray(
                np.exp(-((far / 0.55) ** 2)) * np.sin(plan.arms * angle + turn * 7.0 * np.log(far + 0.05)),
                np.float32,
            )
            if plan.arms
            else np.zeros_like(self._phase)
        )
        self._tones = self._tone_plan(xs, ys, x, y, rng=plan.rng(2))

    def _stream(
        self, xs: Plane, ys: Plane, x: Plane, y: Plane, far: Plane, *, turn: float, rng: np.random.Generator
    ) -> Plane:
        """The stream function: the current runs along its level lines, so it never piles up."""
        plan = self._plan
        noise = Field(rng, 1.0 / plan.form, octaves=3, gain=0.34 + 0.12 * plan.restless, tallest=1.3)
        wander = noise.over(xs + np.float32(0.1)).rows(ys + np.float32(0.1)) * (
            0.16 * plan.form * plan.turbulence
        )
        drift = (y * np.cos(plan.slant) - x * np.sin(plan.slant)) * plan.side
        fx, fy = plan.focus
        if plan.kind in ("whirl", "bloom"):
            strength = 0.42 if plan.kind == "whirl" else 0.24
            stream = turn * strength * np.log(far + 0.05) * np.exp(-((far / 0.75) ** 2)) + 0.30 * drift
        elif plan.kind == "surge":
            # A jet through the focus: fast in its middle, torn into eddies at its sides.
            apart = (y - fy) * np.cos(plan.slant) - (x - fx) * np.sin(plan.slant)
            stream = 0.5 * drift + turn * plan.side * 0.22 * np.tanh(apart / 0.13)
        elif plan.kind == "wave":
            crest = np.sin((x - fx) * 3.6 / plan.form + 0.6) * np.exp(-((y - fy) ** 2) * 4)
            stream = 0.55 * drift + turn * 0.20 * crest
        else:
            stream = 0.62 * drift + turn * 0.10 * np.sin((x * 0.8 + y) * 4.2 / plan.form)
        return np.asarray(stream + wander, np.float32)

    def _tone_plan(self, xs: Plane, ys: Plane, x: Plane, y: Plane, *, rng: np.random.Generator) -> Plane:
        """Few large masses of light and dark that follow the current, lightest at the focus, quiet at the margin."""
        plan = self._plan
        masses = Field(rng, 0.9 / plan.form, octaves=2, gain=0.4, tallest=1.3)
        mass = masses.over(xs + np.float32(0.1)).rows(ys + np.float32(0.1))
        bands = np.sin(self._phase + np.float32(rng.uniform(0, 6.28)))
        far = np.hypot((x - plan.focus[0]) * 0.9, y - plan.focus[1])
        edge = np.minimum(np.minimum(x, plan.aspect - x), np.minimum(y, 1 - y))
        quiet = smoothstep(-0.02, 0.26, edge.astype(np.float32))
        tone = plan.key_tone + plan.contrast * (
            (0.55 + 0.6 * quiet) * mass + 0.8 * quiet * bands + 1.1 * self._arms
        )
        # Violent music: a brighter centre in a deeper dark.
        tone += (1.6 + 0.5 * plan.restless) * np.exp(-((far / 0.17) ** 2)) + 0.8 * np.exp(
            -((far / 0.45) ** 2)
        )
        tone += 0.9 * plan.side * (x / plan.aspect - 0.5) - 0.5 * (1 - quiet)
        tone -= 0.35 + 0.55 * plan.restless * (1 - np.exp(-((far / 0.6) ** 2)))
        tone = _shoulder(tone)
        return np.asarray(tone, np.float32)

    def _cells(self, x: Plane, y: Plane) -> tuple[Plane, Plane]:
        rows, columns = self._tones.shape
        return (
            np.clip((x - self._low) / self._step, 0, columns - 1.001).astype(np.float32),
            np.clip((y - self._low) / self._step, 0, rows - 1.001).astype(np.float32),
        )

    def directions(self, x: Plane, y: Plane) -> Plane:
        """Unit vectors of the current, shape (n, 2)."""
        column, row = self._cells(x, y)
        left, top = column.astype(np.intp), row.astype(np.intp)
        u, v = (column - left)[:, None], (row - top)[:, None]
        grid = self._directions
        upper = grid[top, left] * (1 - u) + grid[top, left + 1] * u
        lower = grid[top + 1, left] * (1 - u) + grid[top + 1, left + 1] * u
        mixed = upper * (1 - v) + lower * v
        return np.asarray(mixed / (np.linalg.norm(mixed, axis=1, keepdims=True) + 1e-6), np.float32)

    def phases(self, x: Plane, y: Plane) -> Plane:
        """Positions with the same phase lie on one line of the current (but for what a spiral adds)."""
        column, row = self._cells(x, y)
        return np.asarray(
            self._phase[(row + 0.5).astype(np.intp), (column + 0.5).astype(np.intp)], np.float32
        )

    def tones(self, x: Plane, y: Plane) -> Plane:
        column, row = self._cells(x, y)
        return np.asarray(
            self._tones[(row + 0.5).astype(np.intp), (column + 0.5).astype(np.intp)], np.float32
        )

    def tone_rows(self, xs: Plane, ys: Plane) -> Plane:
        """The plan itself over whole rows, for the ground under the strokes."""
        column, row = self._cells(xs, ys)
        left, top = column.astype(np.intp), row.astype(np.intp)
        u, v = column - left, (row - top)[:, None]
        upper = self._tones[top][:, left] * (1 - u) + self._tones[top][:, left + 1] * u
        lower = self._tones[top + 1][:, left] * (1 - u) + self._tones[top + 1][:, left + 1] * u
        return np.asarray(upper * (1 - v) + lower * v, np.float32)
