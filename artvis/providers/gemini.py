"""The back end `gemini`: Google's image models by generateContent.

One call, one picture. Google declines with a success: what came instead of a picture says why. It neither waits nor
tries again.
"""

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.model.sections import GeminiSection
from artvis.prompt.compose import Prompt
from artvis.providers import imagecheck, imagefetch
from artvis.providers.imagesize import gemini_definition, gemini_ratio
from artvis.providers.jsonserver import JsonServer
from artvis.providers.prices import LIST_SIZE, prices_of
from artvis.providers.promptsyntax import plain
from artvis.providers.provider import GeneratedImage
from artvis.providers.redaction import cleaned

_BLOCKED: Final = ("SAFETY", "PROHIBITED_CONTENT", "NO_IMAGE", "RECITATION", "BLOCKLIST", "SPII")


class GeminiProvider:
    """Any server with `POST {base_url}/models/{model}:generateContent`."""

    name = "gemini"
    paid = True
    networked = True
    continues = True

    def __init__(
        self,
        settings: GeminiSection,
        *,
        key: str,
        ca_bundle: str = "",
        now_unix_s: Callable[[], float] = time.time,
    ) -> None:
        self.model = settings.model
        self._prices = prices_of(self.name, settings.model)
        self._server = JsonServer(
            self.name,
            base_url=settings.base_url,
            model=settings.model,
            headers={"x-goog-api-key": key} if key else {},
            secret=key,
            ca_bundle=ca_bundle,
            now_unix_s=now_unix_s,
        )

    def __repr__(self) -> str:
        return f"GeminiProvider({self.model!r} at {self._server.host!r})"

    def estimate_usd(self, prompt: Prompt) -> float | None:
        return self._prices.estimate_usd(gemini_definition(self.model, prompt.size), LIST_SIZE)

    def generate(
        self,
        prompt: Prompt,
        *,
        deadline_s: float,
        idempotency_key: str,  # noqa: ARG002 - Google knows none: a call whose answer is lost is booked as spent
        image: Pixels | None = None,
    ) -> GeneratedImage:
        reply = self._server.ask(
            "POST",
            f"/models/{self.model}:generateContent",
            ends_s=time.monotonic() + deadline_s,
            payload=self._request(prompt, image),
        )
        body = self._server.read_object(reply)
        pixels = imagecheck.check(imagefetch.from_base64(self._picture(body), who=self.name))
        cost_usd = self._prices.settled_usd(_usage(body))
        return GeneratedImage(
            imagecheck.resize(pixels, prompt.size), self.name, self.model, prompt.seed, cost_usd
        )

    def health(self) -> str:
        return f"gemini: {self.model} at {self._server.host}"

    def cancel(self) -> None:
        self._server.cancel()

    def close(self) -> None:
        self._server.close()

    def _request(self, prompt: Prompt, image: Pixels | None) -> dict[str, Any]:
        parts: list[dict[str, Any]] = [{"text": plain(prompt.positive)}]
        if image is not None:
            packed = base64.b64encode(imagecheck.as_png(image)).decode()
            parts.append({"inlineData": {"mimeType": "image/png", "data": packed}})
        shape = {"aspectRatio": gemini_ratio(prompt.size)}
        if (
            size := gemini_definition(self.model, prompt.size)
        ) != "1K":  # it is the default, and 2.5 knows no other
            shape["imageSize"] = size
        return {
            "contents": [{"parts": parts}],
            "generationConfig": {"responseModalities": ["IMAGE"], "imageConfig": shape},
        }

    def _picture(self, body: Mapping[str, Any]) -> str:
        """The first picture as base64, whatever words stand before it. Raises ProviderError where there is none."""
        reasons: list[str] = []
        for candidate in _objects(body.get("candidates")):
            content = candidate.get("content")
            for part in _objects(content.get("parts")) if isinstance(content, dict) else ():
                inline = part.get("inlineData")
                if isinstance(inline, dict) and isinstance(inline.get("data"), str) and inline["data"]:
                    return str(inline["data"])
            reasons.append(str(candidate.get("finishReason", "")))
        feedback = body.get("promptFeedback")
        blocked = feedback.get("blockReason") if isinstance(feedback, dict) else None
        if blocked:
            raise ProviderError("moderation", f"gemini declined this prompt ({cleaned(str(blocked))}).")
        why = next(filter(None, reasons), "")
        if any(word in why for word in _BLOCKED):
            raise ProviderError(
                "moderation", f"gemini declined to paint this prompt ({cleaned(why)}).", billed=True
            )
        raise self._server.without_picture()


def _objects(rows: object) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else iter(())


def _usage(body: Mapping[str, Any]) -> dict[str, int] | None:
    """In the words of the price list. Thoughts are counted as dear as the picture: they are at most that."""
    said = body.get("usageMetadata")
    counts = (
        [said.get(name, 0) for name in ("promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount")]
        if isinstance(said, dict)
        else []
    )
    if not counts or not all(isinstance(count, int) for count in counts) or not counts[1]:
        return None
    return {"input_tokens": counts[0], "output_tokens": counts[1] + counts[2]}
