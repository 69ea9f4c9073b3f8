"""The back end `openai`: OpenAI's Images API, and the many servers that speak it.

One call, one picture. Replies are never held against a schema, since real servers break every one: the bytes are
checked instead. It neither waits nor tries again, but for a field that a server does not know, which is left out.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.model.sections import OpenAISection
from artvis.prompt.compose import Prompt
from artvis.providers import imagecheck, imagefetch
from artvis.providers.faults import read_refusal
from artvis.providers.http import Reply
from artvis.providers.imagesize import size_for_diffusion, size_to_ask
from artvis.providers.jsonserver import JsonServer
from artvis.providers.prices import prices_of
from artvis.providers.profiles import profile_of
from artvis.providers.promptsyntax import plain
from artvis.providers.provider import GeneratedImage

_OPTIONAL: Final = (
    "size",
    "width",
    "height",
    "quality",
    "output_format",
    "output_compression",
    "background",
    "response_format",
    "n",
)


class OpenAIProvider:
    """Any server with `POST {base_url}/images/generations`."""

    name = "openai"
    paid = True
    networked = True
    continues = False

    def __init__(
        self,
        settings: OpenAISection,
        *,
        key: str,
        ca_bundle: str = "",
        now_unix_s: Callable[[], float] = time.time,
    ) -> None:
        self.model = settings.model
        self._quality = settings.quality
        self._key = key
        self._server = JsonServer(
            self.name,
            base_url=settings.base_url,
            model=settings.model,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            secret=key,
            ca_bundle=ca_bundle,
            now_unix_s=now_unix_s,
        )
        self._prices = prices_of(self.name, settings.model)
        self._profile = profile_of(settings.base_url, settings.model)
        self._unknown_fields: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"OpenAIProvider({self.model!r} at {self._host!r})"

    def estimate_usd(self, prompt: Prompt) -> float | None:
        return self._prices.estimate_usd(self._quality, size_to_ask(self.model, prompt.size))

    def generate(
        self,
        prompt: Prompt,
        *,
        deadline_s: float,
        idempotency_key: str,
        image: Pixels | None = None,  # noqa: ARG002 - edits cost several times as much; it paints anew
    ) -> GeneratedImage:
        ends_s = time.monotonic() + deadline_s
        reply = self._ask(prompt, ends_s, idempotency_key)
        body = self._server.read_object(reply)
        if body.get("error") and not body.get("data"):
            raise self._server.refused(reply)
        pixels = self._picture(body, ends_s)
        return GeneratedImage(
            imagecheck.resize(pixels, prompt.size),
            self.name,
            self.model,
            prompt.seed,
            self._prices.settled_usd(body.get("usage")),
        )

    def health(self) -> str:
        key = "with a key" if self._key else "without a key"
        return f"openai: {self.model} at {self._host}, {key}"

    def cancel(self) -> None:
        self._server.cancel()

    def close(self) -> None:
        self._server.close()

    @property
    def _host(self) -> str:
        return self._server.host

    def _ask(self, prompt: Prompt, ends_s: float, idempotency_key: str) -> Reply:
        """The answer to the call; after a field that the server does not know, once more without it."""
        reply = self._post(prompt, ends_s, idempotency_key)
        if reply.status not in {400, 422}:
            return reply
        field = self._unknown_field(prompt, reply.body)
        if not field:
            return reply
        self._unknown_fields |= {field}
        return self._post(prompt, ends_s, f"{idempotency_key}-{field}")

    def _post(self, prompt: Prompt, ends_s: float, idempotency_key: str) -> Reply:
        return self._server.ask(
            "POST",
            "/images/generations",
            ends_s=ends_s,
            headers={"Idempotency-Key": idempotency_key},
            payload=self._request(prompt),
        )

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        """Only what the server may know: OpenAI refuses `response_format`, others send an address without it."""
        width, height = self._size(prompt)
        in_two = {"width": width, "height": height}
        request: dict[str, Any] = {
            "model": self.model,
            "prompt": plain(prompt.positive),
            "n": 1,
            **(in_two if self._profile.size_in_two_fields else {"size": f"{width}x{height}"}),
            "quality": self._quality,
            **self._profile.send,
        }
        left_out = self._profile.leave_out | self._unknown_fields
        return {name: value for name, value in request.items() if name not in left_out}

    def _size(self, prompt: Prompt) -> tuple[int, int]:
        if self._profile.pixels_max:
            return size_for_diffusion(prompt.size, self._profile.pixels_max)
        return size_to_ask(self.model, prompt.size)

    def _unknown_field(self, prompt: Prompt, body: bytes) -> str:
        """The optional field of our request that a refusal names, or ''."""
        refusal = read_refusal(body)
        sent = [name for name in _OPTIONAL if name in self._request(prompt)]
        if refusal.param in sent:
            return refusal.param
        quoted = (any(f"{sign}{name}{sign}" in refusal.message for sign in "'\"`") for name in sent)
        return next((name for name, is_quoted in zip(sent, quoted, strict=True) if is_quoted), "")

    def _picture(self, body: Mapping[str, Any], ends_s: float) -> Pixels:
        data = body.get("data")
        if isinstance(data, dict):
            data = [data]
        if not isinstance(data, list) or not data:
            # xAI answers 200 with nothing in it when its moderation blocks.
            raise ProviderError(
                "moderation", "openai declined to paint this prompt: its answer is empty.", billed=True
            )
        first = data[0] if isinstance(data[0], dict) else {}
        packed, url = first.get("b64_json"), first.get("url")
        if isinstance(packed, str) and packed:
            return imagecheck.check(imagefetch.from_base64(packed, who=self.name))
        if isinstance(url, str) and url:
            return imagecheck.check(
                imagefetch.fetch(
                    self._server.wire,
                    url,
                    base_url=self._server.base_url,
                    own_headers=self._server.own_headers,
                    deadline_s=ends_s,
                    who=self.name,
                )
            )
        raise ProviderError(
            "moderation", "openai declined to paint this prompt: no picture came.", billed=True
        )
