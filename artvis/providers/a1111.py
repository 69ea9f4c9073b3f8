"""The back end `a1111`: the API of AUTOMATIC1111's web UI, which Forge, SD.Next, sd.cpp and Draw Things speak too.

One call, one picture, on the person's own machine and without cost. It asks for no sampler and no model: servers know
different ones, and each has its own choice.
"""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any, Final

from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.model.sections import A1111Section
from artvis.prompt.compose import Prompt
from artvis.providers import imagecheck, imagefetch
from artvis.providers.http import Reply
from artvis.providers.imagesize import size_for_diffusion
from artvis.providers.jsonserver import JsonServer
from artvis.providers.promptsyntax import plain
from artvis.providers.provider import CONTINUED_STRENGTH, GeneratedImage

_STEPS: Final = 20
_CFG_SCALE: Final = 7
_LEFT: Final = ("cancelled", "timeout")


class A1111Provider:
    """Any server with `POST {base_url}/sdapi/v1/txt2img`."""

    name = "a1111"
    paid = False
    networked = True
    continues = True

    def __init__(self, settings: A1111Section, *, login: str = "", ca_bundle: str = "") -> None:
        """`login` is user:password, for a server that was started with --api-auth."""
        self.model = "as loaded there"
        packed = base64.b64encode(login.encode()).decode()
        self._server = JsonServer(
            self.name,
            base_url=settings.base_url,
            headers={"Authorization": f"Basic {packed}"} if login else {},
            secret=login.partition(":")[2],
            ca_bundle=ca_bundle,
        )

    def __repr__(self) -> str:
        return f"A1111Provider(at {self._server.host!r})"

    def estimate_usd(self, _prompt: Prompt) -> float:
        return 0.0

    def generate(
        self,
        prompt: Prompt,
        *,
        deadline_s: float,
        idempotency_key: str,  # noqa: ARG002 - these servers know none; a picture too many costs nothing
        image: Pixels | None = None,
    ) -> GeneratedImage:
        request = _request(prompt)
        if image is not None:
            packed = base64.b64encode(imagecheck.as_png(image)).decode()
            request |= {"init_images": [packed], "denoising_strength": CONTINUED_STRENGTH}
        way = "txt2img" if image is None else "img2img"
        try:
            reply = self._server.ask(
                "POST", f"/sdapi/v1/{way}", ends_s=time.monotonic() + deadline_s, payload=request
            )
        except (ProviderError, KeyboardInterrupt) as error:
            if not isinstance(error, ProviderError) or error.kind in _LEFT:
                self._server.tell("POST", "/sdapi/v1/interrupt")  # sd.cpp knows none, and answers 404
            raise
        return self._picture(prompt, self._read(reply))

    def health(self) -> str:
        return f"a1111: at {self._server.host}, without cost"

    def cancel(self) -> None:
        self._server.cancel()

    def close(self) -> None:
        self._server.close()

    def _read(self, reply: Reply) -> dict[str, Any]:
        if reply.status == 404 and b'"Not Found"' in reply.body:
            raise ProviderError(
                "model",
                f"a1111 answers at {self._server.host}, but its API is off: start it with --api.",
                http_status=404,
            )
        return self._server.read_object(reply)

    def _picture(self, prompt: Prompt, body: Mapping[str, Any]) -> GeneratedImage:
        images = body.get("images")
        if not isinstance(images, list) or not images or not isinstance(images[0], str):
            raise self._server.without_picture()
        pixels = imagecheck.check(imagefetch.from_base64(images[0], who=self.name))
        info = _info(body.get("info"))
        model, seed = info.get("sd_model_name"), info.get("seed")
        return GeneratedImage(
            imagecheck.resize(pixels, prompt.size),
            self.name,
            model if isinstance(model, str) and model else self.name,
            seed if isinstance(seed, int) else prompt.seed,
            0.0,
        )


def _request(prompt: Prompt) -> dict[str, Any]:
    width, height = size_for_diffusion(prompt.size)
    return {
        "prompt": plain(prompt.positive),
        "negative_prompt": plain(prompt.negative),
        "width": width,
        "height": height,
        "steps": _STEPS,
        "cfg_scale": _CFG_SCALE,
        "seed": prompt.seed,
        "batch_size": 1,
        "send_images": True,
        "save_images": False,
    }


def _info(text: object) -> dict[str, Any]:
    """`info` is JSON within a string, and an empty string on sd.cpp."""
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
