"""The seam of the image back ends: what each can do, and what it gives.

A back end makes one call for one picture. It neither waits and tries again nor asks the purse; its caller does.
"""

from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from artvis.model.artwork import Pixels
from artvis.prompt.compose import Prompt

CONTINUED_STRENGTH: Final = 0.45
"""How much of a picture is painted anew when another continues it, 0..1: forms stay, their surface changes."""


@dataclass(frozen=True, slots=True)
class GeneratedImage:
    """A picture that has passed the image check, of the size that was asked for."""

    pixels: Pixels = field(repr=False)
    provider: str
    model: str
    seed: int
    cost_usd: float | None
    """None: the back end did not say; the estimate stands."""


class ImageProvider(Protocol):
    """One back end. `generate` is called by one thread at a time, `cancel` and `close` by any."""

    name: str
    model: str
    paid: bool
    networked: bool

    def estimate_usd(self, prompt: Prompt) -> float | None:
        """What one picture may cost; None when the price is not known."""

    continues: bool
    """Whether it paints on a picture that it is given."""

    def generate(
        self, prompt: Prompt, *, deadline_s: float, idempotency_key: str, image: Pixels | None = None
    ) -> GeneratedImage:
        """The picture, within `deadline_s` seconds from now. Raises ProviderError.

        `image` is the picture before, on which a back end that `continues` paints; others paint anew.
        """

    def health(self) -> str:
        """One sentence: whether it could paint, and what is missing. It makes no network call."""

    def cancel(self) -> None:
        """Ends the call that runs, if one does; it raises ProviderError of kind 'cancelled'."""

    def close(self) -> None:
        """Cancels, and gives back what is held, within a second. To close twice does nothing."""


@runtime_checkable
class PreviewProvider(Protocol):
    """A back end that can show half the size at once."""

    def generate_preview(self, prompt: Prompt) -> Pixels: ...
