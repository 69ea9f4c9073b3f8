"""An engine that fills the window with light or darkness, by the pulse of the beat: for the eye, to be tapped to.

It knows no pictures; it draws on the same way to the screen as `render.engine`.
"""

import moderngl

from artvis.model.artwork import Pixels
from artvis.scene.isf.document import StagedScene
from artvis.scene.uniforms import Uniforms

DARK, LIGHT = 0.03, 0.9


class FlashEngine:
    """The part of an engine that a window uses."""

    held: frozenset[str] = frozenset()
    playable: frozenset[str] = frozenset()

    def __init__(self, gl: moderngl.Context) -> None:
        """`gl` is the window's; nothing of it is kept."""

    def offer(self, art_id: str, pixels: Pixels) -> None:
        """There are no pictures here."""

    def offer_scene(self, staged: StagedScene) -> None:
        """There are no scenes here."""

    def warm_up_step(self) -> bool:
        return True

    def upload(self, budget_s: float = 0.0) -> None:
        """There is nothing to upload."""

    def draw(
        self,
        uniforms: Uniforms,
        target: moderngl.Framebuffer,
        size: tuple[int, int],  # noqa: ARG002 - all of it
        *,
        scale: float = 1.0,  # noqa: ARG002 - one colour has no sharpness
        effects: float = 1.0,  # noqa: ARG002
    ) -> None:
        shade = DARK + (LIGHT - DARK) * uniforms.beat_pulse
        target.use()
        target.clear(shade, shade, shade, 1.0)

    def release(self) -> None:
        """Nothing was taken."""
