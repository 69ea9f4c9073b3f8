"""The things a picture can be of, each with the mood it belongs to.

No colours are named: those follow from the key. Words only: which one is chosen stands in prompt.choosing.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    """`painter` names the offline painter that can honestly show it; '' is for image models alone."""

    text: str
    valence: float
    arousal: float
    painter: str = ""
    scene: str = ""
    """What kind it is, for a painter that knows several, such as lake, sea or valley."""


_HORIZON: Final = "horizon"
_FLOW: Final = "flow"
_WARP, _PAPER, _GLASS, _ATTRACTOR, _POSTER, _GARDEN = (
    "warp",
    "paper",
    "glass",
    "attractor",
    "poster",
    "garden",
)

SUBJECTS: Final = (
    Subject("a still mountain lake that mirrors the sky", 0.65, 0.15, _HORIZON, "lake"),
    Subject("misty ridges fading one behind another", 0.35, 0.15, _HORIZON, "valley"),
    Subject("a low sun over a quiet bay", 0.75, 0.25, _HORIZON, "sea"),
    Subject("a pale moon above dark water", 0.25, 0.10, _HORIZON, "lake"),
    Subject("far hills after the rain", 0.45, 0.25, _HORIZON, "valley"),
    Subject("the first light over a wide fjord", 0.70, 0.35, _HORIZON, "lake"),
    Subject("a low sun sinking behind dark mountains", 0.30, 0.60, _HORIZON, "valley"),
    Subject("a storm front moving over open sea", 0.20, 0.85, _HORIZON, "sea"),
    Subject("a burning evening sky above a lagoon", 0.60, 0.70, _HORIZON, "lake"),
    Subject("a winter lake under a cold sky", 0.35, 0.08, _HORIZON, "lake"),
    Subject("a wooded valley at the hour before dawn", 0.50, 0.20, _HORIZON, "valley"),
    Subject("far shores that float in morning haze", 0.60, 0.20, _HORIZON, "lake"),
    Subject("a glowing cloudbank over a dark shore", 0.40, 0.55, _HORIZON, "sea"),
    Subject("a bright summer horizon with long reflections", 0.90, 0.50, _HORIZON, "sea"),
    Subject("mountain shadows crossing a valley of light", 0.55, 0.50, _HORIZON, "valley"),
    Subject("an open sea under racing clouds", 0.45, 0.70, _HORIZON, "sea"),
    Subject("high ridges in the last of dusk", 0.30, 0.30, _HORIZON, "valley"),
    Subject("soft hills in late sun", 0.85, 0.35, _HORIZON, "valley"),
    Subject("a sky on fire above broken ridges", 0.35, 0.92, _HORIZON, "valley"),
    Subject("a gleaming lake at noon", 0.85, 0.65, _HORIZON, "lake"),
    Subject("thin clouds drifting over quiet hills", 0.50, 0.40, _HORIZON, "valley"),
    Subject("a night sea with one path of light", 0.20, 0.40, _HORIZON, "sea"),
    Subject("currents of silk turning in deep water", 0.45, 0.30, _FLOW, "whirl"),
    Subject("a slow river of feathers", 0.60, 0.20, _FLOW, "river"),
    Subject("smoke unrolling in a dark room", 0.20, 0.30, _FLOW, "wave"),
    Subject("tall grasses bending in one wind", 0.70, 0.45, _FLOW, "wave"),
    Subject("a whirl of petals around a bright centre", 0.85, 0.65, _FLOW, "bloom"),
    Subject("threads of light crossing and parting", 0.65, 0.60, _FLOW, "surge"),
    Subject("a flock of a thousand wings turning at once", 0.55, 0.80, _FLOW, "whirl"),
    Subject("lava folding over itself", 0.25, 0.85, _FLOW, "wave"),
    Subject("a torn field of sparks", 0.35, 0.97, _FLOW, "surge"),
    Subject("kelp swaying in deep twilight", 0.45, 0.15, _FLOW),
    Subject("hair of a comet across empty space", 0.40, 0.55, _FLOW, "surge"),
    Subject("ribbons thrown high into the air", 0.92, 0.80, _FLOW, "bloom"),
    Subject("the grain of an ancient tree", 0.40, 0.12, _FLOW, "whirl"),
    Subject("sand written over by wind", 0.50, 0.25, _FLOW, "wave"),
    Subject("rapids breaking on unseen stones", 0.50, 0.90, _FLOW, "surge"),
    Subject("the breath of a sleeping animal made visible", 0.60, 0.08, _FLOW),
    Subject("a storm of ink", 0.12, 0.90, _FLOW, "whirl"),
    Subject("warm currents meeting cold ones", 0.50, 0.50, _FLOW),
    Subject("a dance seen as one long gesture", 0.80, 0.72, _FLOW, "wave"),
    Subject("rain running down a lit window", 0.28, 0.38, _FLOW, "river"),
    Subject("marbled water around a single stone", 0.55, 0.35, _FLOW, "whirl"),
    Subject("a swarm of fireflies leaving trails", 0.78, 0.55, _FLOW),
    Subject("a curtain of silk in slanting light", 0.60, 0.20, _WARP, "silk"),
    Subject("folds of satin falling without end", 0.45, 0.35, _WARP, "silk"),
    Subject("a sheet of silk caught by the wind", 0.80, 0.60, _WARP, "silk"),
    Subject("the bands of a polished agate", 0.50, 0.15, _WARP, "agate"),
    Subject("a crystal hidden in the heart of a stone", 0.35, 0.40, _WARP, "agate"),
    Subject("a geode opened to the sun", 0.85, 0.50, _WARP, "agate"),
    Subject("a bright hollow behind many curtains", 0.50, 0.30, _PAPER, "hollow"),
    Subject("a well of light seen from below", 0.70, 0.55, _PAPER, "hollow"),
    Subject("one great flower of folded sheets", 0.85, 0.40, _PAPER, "flower"),
    Subject("a blossom opening layer by layer", 0.75, 0.20, _PAPER, "flower"),
    Subject("a tide coming in under the moon", 0.40, 0.40, _PAPER, "tide"),
    Subject("steep waves one behind another", 0.55, 0.75, _PAPER, "tide"),
    Subject("a rose window with the sun behind it", 0.75, 0.55, _GLASS, "rose"),
    Subject("a wheel of petals and stars", 0.90, 0.75, _GLASS, "rose"),
    Subject("shards that meet around one bright point", 0.40, 0.85, _GLASS, "shards"),
    Subject("a shattering of light", 0.55, 0.95, _GLASS, "shards"),
    Subject("a vale under a low sun", 0.70, 0.40, _GLASS, "vale"),
    Subject("a winding river between hills and sky", 0.60, 0.60, _GLASS, "vale"),
    Subject("veils of light hanging in the dark", 0.30, 0.40, _ATTRACTOR, "veil"),
    Subject("the ghost of a shell in deep space", 0.20, 0.60, _ATTRACTOR, "veil"),
    Subject("wings made of a single glow", 0.60, 0.50, _ATTRACTOR, "veil"),
    Subject("threads of light wound around nothing", 0.45, 0.70, _ATTRACTOR, "thread"),
    Subject("an orbit drawn a million times", 0.35, 0.90, _ATTRACTOR, "thread"),
    Subject("a knot of bright wire coming loose", 0.15, 0.80, _ATTRACTOR, "thread"),
    Subject("a great sun above overlapping arcs", 0.85, 0.50, _POSTER, "sun"),
    Subject("a rising disc cut by bold bands", 0.65, 0.80, _POSTER, "sun"),
    Subject("a floor of turning quarter circles", 0.60, 0.60, _POSTER, "tiles"),
    Subject("a patchwork of arcs and discs", 0.80, 0.75, _POSTER, "tiles"),
    Subject("searchlights crossing over a city", 0.40, 0.90, _POSTER, "beam"),
    Subject("beams fanning out from one lamp", 0.55, 0.45, _POSTER, "beam"),
    Subject("a fern unrolling against the light", 0.65, 0.25, _GARDEN, "fern"),
    Subject("fronds in the haze of early morning", 0.45, 0.15, _GARDEN, "fern"),
    Subject("boughs hanging into a pale evening", 0.35, 0.20, _GARDEN, "bough"),
    Subject("a branch full of buds in the sun", 0.85, 0.40, _GARDEN, "bough"),
    Subject("reeds at the edge of still water", 0.55, 0.10, _GARDEN, "reed"),
    Subject("reeds leaning in a rising wind", 0.30, 0.55, _GARDEN, "reed"),
    Subject("a lone lighthouse on a headland", 0.30, 0.45),
    Subject("an empty hall with one open door", 0.22, 0.12),
    Subject("a garden of glass flowers", 0.75, 0.55),
    Subject("a carousel left running at night", 0.45, 0.70),
    Subject("a city of stairs and bridges", 0.50, 0.65),
    Subject("a paper boat on a flooded street", 0.45, 0.25),
    Subject("a forest of columns and birch trunks", 0.40, 0.30),
    Subject("a crowd of lanterns rising", 0.80, 0.50),
    Subject("a train of windows crossing the dark", 0.35, 0.75),
    Subject("a greenhouse overgrown from inside", 0.65, 0.30),
    Subject("horses galloping through surf", 0.75, 0.92),
    Subject("a clock tower dissolving into birds", 0.40, 0.60),
    Subject("an orchard in full blossom", 0.92, 0.30),
    Subject("a market of kites and awnings", 0.95, 0.70),
    Subject("a shipwreck sleeping under ice", 0.10, 0.15),
    Subject("a tower of mirrors struck by lightning", 0.25, 0.97),
    Subject("a stone bridge over nothing", 0.18, 0.35),
    Subject("dancers made of folded paper", 0.85, 0.85),
    Subject("a whale passing above a sleeping town", 0.55, 0.18),
    Subject("a labyrinth of hedges seen from the air", 0.50, 0.40),
    Subject("a piano filled with moss and rain", 0.30, 0.20),
    Subject("neon signs melting into a wet street", 0.40, 0.85),
    Subject("a fox watching from tall winter grass", 0.55, 0.28),
    Subject("an orbit of planets like struck bells", 0.60, 0.45),
)

MOODS_OF_SUBJECTS: Final = {subject.text: (subject.valence, subject.arousal) for subject in SUBJECTS}
PAINTERS: Final = tuple(dict.fromkeys(subject.painter for subject in SUBJECTS if subject.painter))
"""The offline painters that have subjects."""
