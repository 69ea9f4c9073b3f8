import base64
import io
from collections.abc import Iterator
from dataclasses import replace

import geminiserver
import numpy as np
import pytest
from geminiserver import GeminiServer
from PIL import Image

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection, GeminiSection
from artvis.prompt.compose import compose
from artvis.providers.gemini import GeminiProvider

PROMPT = replace(compose(MusicState(), ArtSection(), history=(), seed=5), size=(96, 54))


@pytest.fixture
def server() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def provider(server: GeminiServer) -> Iterator[GeminiProvider]:
    provider = GeminiProvider(GeminiSection(base_url=server.base_url), key=geminiserver.KEY)
    yield provider
    provider.close()


def test_a_picture_is_found_behind_words_and_settled_by_its_tokens(
    server: GeminiServer, provider: GeminiProvider
) -> None:
    image = provider.generate(PROMPT, deadline_s=10, idempotency_key="one")
    assert image.pixels.shape == (54, 96, 3)
    assert image.cost_usd == pytest.approx(60 * 0.5e-6 + 1120 * 60e-6)
    call = server.calls[0]
    assert call.path == "/v1beta/models/gemini-3.1-flash-image:generateContent"
    assert call.headers["x-goog-api-key"] == geminiserver.KEY
    assert call.json == {
        "contents": [{"parts": [{"text": PROMPT.positive}]}],
        "generationConfig": {"responseModalities": ["IMAGE"], "imageConfig": {"aspectRatio": "16:9"}},
    }
    assert geminiserver.KEY not in repr(provider) + provider.health()


def test_a_picture_is_painted_on_the_one_before(server: GeminiServer, provider: GeminiProvider) -> None:
    before = np.random.default_rng(1).integers(0, 255, (54, 96, 3), np.uint8)
    provider.generate(PROMPT, deadline_s=10, idempotency_key="one", image=before)
    inline = server.calls[0].json["contents"][0]["parts"][1]["inlineData"]
    assert inline["mimeType"] == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(inline["data"])))), before)


@pytest.mark.parametrize(
    ("model", "size", "estimate"),
    [
        ("gemini-3.1-flash-image", (1536, 864), 0.068),
        ("gemini-3.1-flash-image", (1920, 1080), 0.102),
        ("gemini-3.1-flash-image", (3840, 2160), 0.152),
        ("gemini-2.5-flash-image", (3840, 2160), 0.04),
        ("of-tomorrow", (64, 64), None),
    ],
)
def test_a_larger_picture_has_the_price_of_its_definition(
    model: str, size: tuple[int, int], estimate: float | None
) -> None:
    provider = GeminiProvider(GeminiSection(model=model), key="k")
    wide = replace(PROMPT, size=size)
    assert provider.estimate_usd(wide) == estimate
    asked = provider._request(wide, None)["generationConfig"]["imageConfig"].get("imageSize", "1K")
    assert asked == {0.068: "1K", 0.102: "2K", 0.152: "4K"}.get(estimate or 0, "1K")
    provider.close()
