"""The words by which music becomes a picture: media, movements, composition, light, motion, matter.

Movements and materials, never names of artists. Which word is chosen stands in prompt.choosing.
"""

from dataclasses import dataclass
from math import inf
from typing import Final


@dataclass(frozen=True, slots=True)
class Medium:
    """`name` is what a person would put into `styles`; `phrase` stands before 'of'.

    `painters` are the offline painters whose pictures look like it.
    """

    name: str
    phrase: str
    valence: float
    arousal: float
    painters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """`adjective` stands before the medium."""

    name: str
    adjective: str
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class Grade:
    """What to say of a measured value `below` an edge; `label` names the range to a person."""

    below: float
    phrase: str
    label: str


MEDIA: Final = (
    Medium("watercolour", "loose watercolour on rough paper", 0.65, 0.20, ("horizon", "garden")),
    Medium("oil painting", "oil painting with bristled brushwork", 0.50, 0.55, ("horizon", "flow")),
    Medium("gouache", "flat layered gouache painting", 0.65, 0.45, ("horizon", "paper")),
    Medium("soft pastel", "soft pastel drawing on toned paper", 0.55, 0.15, ("horizon",)),
    Medium("ink wash", "ink wash painting", 0.30, 0.25, ("horizon", "garden")),
    Medium("tempera", "egg tempera painting on a gessoed panel", 0.50, 0.30, ("horizon",)),
    Medium("acrylic", "broad acrylic painting on raw canvas", 0.65, 0.75, ("flow",)),
    Medium("silk painting", "dye painting on stretched silk", 0.70, 0.35, ("warp",)),
    Medium("calligraphy brush", "wet brush painting in long single strokes", 0.45, 0.65, ("flow",)),
    Medium("dry brush", "dry brush painting over a dark ground", 0.25, 0.70, ("flow",)),
    Medium("palette knife", "thick palette knife painting", 0.45, 0.90, ("flow",)),
    Medium("fresco", "weathered lime fresco", 0.45, 0.20, ("horizon",)),
    Medium("aquatint", "grainy aquatint etching", 0.25, 0.35, ("horizon",)),
    Medium("encaustic", "encaustic wax painting", 0.50, 0.40, ("flow", "warp")),
    Medium("charcoal", "smudged charcoal drawing with touches of colour", 0.18, 0.40, ("flow",)),
    Medium("woodblock print", "woodblock print with visible grain", 0.50, 0.45, ("poster", "garden")),
    Medium("linocut", "bold two-layer linocut", 0.45, 0.85, ("poster", "garden")),
    Medium("screen print", "overprinted screen print", 0.75, 0.80, ("poster",)),
    Medium("risograph", "misregistered risograph print", 0.80, 0.70, ("poster",)),
    Medium("paper collage", "torn paper collage", 0.65, 0.65, ("paper", "poster")),
    Medium("paper cut", "deep layered paper cut", 0.70, 0.40, ("paper",)),
    Medium("stained glass", "leaded stained glass window", 0.70, 0.60, ("glass",)),
    Medium("mosaic", "glittering tessera mosaic", 0.65, 0.75, ("glass",)),
    Medium("tapestry", "hand-woven wool tapestry", 0.55, 0.30, ("glass",)),
    Medium("embroidery", "dense silk embroidery", 0.75, 0.50, ("warp",)),
    Medium("cyanotype", "cyanotype print on cotton paper", 0.35, 0.15, ("attractor", "garden")),
    Medium("long exposure photograph", "long exposure photograph", 0.50, 0.60, ("attractor",)),
    Medium("pinhole photograph", "soft pinhole photograph", 0.35, 0.10, ("garden",)),
    Medium("light painting", "light painting in a dark space", 0.40, 0.92, ("attractor",)),
    Medium("ceramic relief", "glazed ceramic relief", 0.60, 0.35, ("warp", "paper")),
)

MOVEMENTS: Final = (
    Movement("impressionism", "impressionist", 0.75, 0.40),
    Movement("expressionism", "expressionist", 0.25, 0.88),
    Movement("abstract expressionism", "abstract expressionist", 0.40, 0.95),
    Movement("tonalism", "tonalist", 0.35, 0.12),
    Movement("romanticism", "romantic", 0.30, 0.60),
    Movement("symbolism", "symbolist", 0.30, 0.30),
    Movement("fauvism", "fauvist", 0.90, 0.80),
    Movement("futurism", "futurist", 0.55, 0.97),
    Movement("cubism", "cubist", 0.50, 0.70),
    Movement("art nouveau", "art nouveau", 0.70, 0.45),
    Movement("art deco", "art deco", 0.75, 0.65),
    Movement("constructivism", "constructivist", 0.45, 0.82),
    Movement("surrealism", "surrealist", 0.45, 0.45),
    Movement("minimalism", "minimalist", 0.50, 0.08),
    Movement("colour field", "colour-field", 0.60, 0.20),
    Movement("op art", "op-art", 0.60, 0.90),
    Movement("pointillism", "pointillist", 0.80, 0.55),
    Movement("luminism", "luminist", 0.65, 0.15),
    Movement("suprematism", "suprematist", 0.50, 0.60),
    Movement("folk art", "folk-art", 0.90, 0.55),
)

# By the scale of a section: a wide view, a crowd of forms, a detail from close by, emptiness.
COMPOSITIONS: Final = (
    (
        "seen as a wide view with a low horizon, one focal point at the left third",
        "seen from far away, layered in three planes, the focal point at the right third",
        "seen in broad horizontal bands, quiet margins around one bright place",
        "seen along a long diagonal, the eye led into depth",
    ),
    (
        "as a crowd of forms in three sizes, gathered around one bright place",
        "as a dense field of repeated forms, one that differs at the right third",
        "as a rhythm of forms from edge to edge, a clearing at the upper third",
        "as clustered forms, thinning out towards quiet margins",
    ),
    (
        "seen from very close, one detail filling the frame, sharp at the left third and soft elsewhere",
        "as a macro view where texture becomes landscape, one clear edge across it",
        "cropped close and off centre, the rest left to suggestion",
        "from within, surfaces near enough to touch, a glimpse of depth at the right third",
    ),
    (
        "small in a vast empty space, placed at the lower third",
        "almost alone in the frame, surrounded by breathing emptiness",
        "reduced to a few shapes with great areas left bare",
        "far off at the edge of a large silent field",
    ),
)
SCALES: Final = ("a wide view", "a crowd of forms", "a detail from close by", "empty space")
SECTION_SCALES: Final = (0.8, 0.5, 0.1, 1.0)
"""The same for painters: 0 a detail, 1 a wide view."""

# Five rows from sad to happy.
LIGHT: Final = (
    (
        "overcast light with deep long shadows",
        "the last grey light before night",
        "faint moonlight through haze",
    ),
    ("low clouded light with long shadows", "cold side light at dusk", "dim rainy daylight"),
    ("soft even daylight", "veiled sun, half light and half shade", "quiet light from a single side"),
    ("clear morning light from one side", "warm afternoon sun", "bright haze after rain"),
    (
        "radiant dawn light under an open sky",
        "glowing golden light that floods everything",
        "sparkling midday sun",
    ),
)

# Five rows from calm to excited.
MOTION: Final = (
    (
        "everything still, a soft wash of tone, wide empty space",
        "no movement at all, edges dissolving softly",
    ),
    ("a slow drift, gentle gradients, much room to breathe", "barely moving, soft edges, calm intervals"),
    ("a steady flow of curves, balanced light and dark", "unhurried movement in long arcs, clear masses"),
    ("lively movement along diagonals, strong contrast", "forms pushing upwards, crisp edges, rich detail"),
    (
        "violent dynamic diagonals, dense layers, high contrast",
        "everything in motion, sharp accents, dense and charged",
    ),
)
MOODS: Final = ("dark", "wistful", "even", "bright", "radiant")
ENERGIES: Final = ("still", "calm", "moving", "lively", "violent")

TEMPI: Final = (
    Grade(80.0, "large slow forms", "slow"),
    Grade(120.0, "flowing mid-sized forms", "flowing"),
    Grade(130.0, "a driving repeated pattern", "driving"),
    Grade(inf, "a staccato pattern of short marks", "fast"),
)
"""By BPM."""
MATERIALS: Final = (
    Grade(900.0, "velvet and charcoal surfaces, matte", "dark sound"),
    Grade(1800.0, "chalk and linen surfaces", "warm sound"),
    Grade(3000.0, "polished wood and water surfaces", "open sound"),
    Grade(4500.0, "glass surfaces and fine lines", "bright sound"),
    Grade(inf, "glass, neon edges, hair-fine lines", "glittering sound"),
)
"""By spectral centroid in Hz."""
SHAPES: Final = (
    Grade(1.5, "rounded shapes", "few onsets"),
    Grade(4.0, "soft-cornered shapes", "some onsets"),
    Grade(inf, "angular broken shapes", "many onsets"),
)
"""By onsets a second."""
MODES: Final = {"minor": "cool shadows", "major": "warm shadows"}

NO_WRITING: Final = "No text, no letters, no logos"
NEGATIVE: Final = (
    "text, letters, words, numbers, logo, watermark, signature, frame, border, low quality, blurry, deformed"
)
