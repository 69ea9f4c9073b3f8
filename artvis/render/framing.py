"""What a scene sees as the artwork: one picture through the camera, or two of them in a transition.

It decides nothing: uniforms say which pictures, how far, and through which camera.
"""

from collections.abc import Mapping

import moderngl

from artvis.render.frame import Rect, narrowed, picture_rect, widened
from artvis.render.isfscene import ImageSource, IsfScene
from artvis.render.targets import Size, Targets, scaled
from artvis.render.textures import ArtTexture
from artvis.scene.kenburns import SWAY
from artvis.scene.uniforms import Uniforms

OVERSCAN = SWAY
"""A transition is drawn with so much more on every side, in screens: a scene may look a little past the edge."""


class Framing:
    """The images of one video frame; `compose` it before anything is drawn."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._a: tuple[ArtTexture, Rect]
        self._b: tuple[ArtTexture, Rect]
        self._composite: moderngl.Texture | None = None

    def compose(
        self,
        uniforms: Uniforms,
        art_a: ArtTexture,
        art_b: ArtTexture | None,
        *,
        size: Size,
        transition: IsfScene,
    ) -> None:
        """Look at one picture, or draw two through `transition`; `size` is that of the scene in pixels."""
        aspect = size[0] / size[1]
        other = art_b or art_a
        view_b = uniforms.view_b if art_b is not None else uniforms.view_a
        self._a = (
            art_a,
            picture_rect(uniforms.view_a, picture_aspect=art_a.shown.aspect, screen_aspect=aspect),
        )
        self._b = other, picture_rect(view_b, picture_aspect=other.shown.aspect, screen_aspect=aspect)
        self._composite = None
        if art_b is None:
            self._targets.drop("composite")
            return
        target = self._targets.get("composite", scaled(size, 1 + 2 * OVERSCAN))
        transition.draw_buffers(uniforms, self._ends, target.fbo.size)
        transition.draw_last(uniforms, self._ends, target.fbo, target.fbo.size)
        self._composite = target.texture

    def images(self, size: Size) -> Mapping[str, ImageSource]:
        """For a pass of this size, by the names of driven inputs."""
        a, b = _source(*self._a, size), _source(*self._b, size)
        return {"art": self.shown(size), "artA": a, "artB": b}

    def shown(self, size: Size) -> ImageSource:
        if self._composite is None:
            return _source(*self._a, size)
        return ImageSource(self._composite, narrowed(OVERSCAN), size)

    def _ends(self, size: Size) -> Mapping[str, ImageSource]:
        start = _source(self._a[0], widened(self._a[1], OVERSCAN), size)
        end = _source(self._b[0], widened(self._b[1], OVERSCAN), size)
        return {"startImage": start, "endImage": end, "art": start, "artA": start, "artB": end}


def _source(art: ArtTexture, rect: Rect, size: Size) -> ImageSource:
    return ImageSource(art.level(size), rect, size)
