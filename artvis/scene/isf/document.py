"""What a scene file says, as values.

Source: the ISF 2.0 specification, https://docs.isf.video. Nothing here reads a file or knows OpenGL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from artvis.model.artwork import Pixels

InputKind = Literal["float", "bool", "long", "event", "point2D", "color", "image", "audio", "audioFFT"]
Kind = Literal["generator", "filter", "transition"]


@dataclass(frozen=True, slots=True)
class SceneInput:
    """One of INPUTS; numbers come as tuples of 1, 2 (point2D) or 4 (color) values, images and audio have none."""

    name: str
    kind: InputKind
    default: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    values: tuple[int, ...] = ()
    """Of a long: what it may be."""
    columns: int = 0
    """Of audio and audioFFT: the width of its image at most; 0: as it comes."""


@dataclass(frozen=True, slots=True)
class ScenePass:
    """One of PASSES; sizes are expressions of $WIDTH, $HEIGHT and inputs."""

    target: str = ""
    """The buffer that it draws into; '' for the screen."""
    persistent: bool = False
    floating: bool = False
    width: str = "$WIDTH"
    height: str = "$HEIGHT"


@dataclass(frozen=True, slots=True)
class Casting:
    """When a scene is wanted: the header's own ARTVIS part, which other hosts pass over."""

    energy: tuple[float, float] = (0.0, 1.0)
    """How much must be going on, 0..1, for it to be chosen: from, to."""
    finish: bool = False
    """Glow, light, vignette, grading and dither are added to its last pass."""
    bars: bool = True
    """The spectrum stands in front of it, where it has the finish."""


@dataclass(frozen=True, slots=True)
class SceneDocument:
    """A scene file, read and checked, not yet compiled."""

    name: str
    """The file's name without its ending."""
    fragment: str
    """GLSL as it stands in the file, the header replaced by as many empty lines."""
    vertex: str = ""
    """GLSL of the `.vs` file beside it, or ''."""
    description: str = ""
    credit: str = ""
    categories: tuple[str, ...] = ()
    inputs: tuple[SceneInput, ...] = ()
    passes: tuple[ScenePass, ...] = (ScenePass(),)
    """At least one; the last is what is seen."""
    imported: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """IMPORTED images: their names and their paths, relative to the file and never outside its folder."""
    casting: Casting = field(default_factory=Casting)

    @property
    def kind(self) -> Kind:
        names = {each.name for each in self.inputs}
        if {"startImage", "endImage", "progress"} <= names:
            return "transition"
        return "filter" if "inputImage" in names else "generator"


@dataclass(frozen=True, slots=True)
class StagedScene:
    """A document with all that it needs, ready to be compiled."""

    key: str
    """Its name and the digest of its bytes: a changed file is another scene."""
    document: SceneDocument
    images: Mapping[str, Pixels] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """The pixels of IMPORTED, shape (height, width, 3), uint8."""
    built_in: bool = False
    """Ours, and thus known to be quick and to do no harm."""
    cost: float = 1.0
    """How dear a frame of it is, as a multiple of the plainest scene's; 1 where it was not measured."""

    @property
    def name(self) -> str:
        return self.document.name
