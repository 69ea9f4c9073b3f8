from dataclasses import replace
from typing import Any

import pytest
from backends import PROMPT

from artvis.model.sections import OpenAISection
from artvis.providers.openai import OpenAIProvider
from artvis.providers.profiles import profile_of

FLUX, GPT = "black-forest-labs/FLUX.1-schnell", "gpt-image-2"
LOCAL = {"response_format": "b64_json", "size": "1536x864"}


@pytest.mark.parametrize(
    ("base_url", "model", "name"),
    [
        ("https://api.openai.com/v1", GPT, "OpenAI"),
        ("https://api.openai.com/v1", "dall-e-3", "any other"),
        ("https://house.openai.azure.com/openai/v1", GPT, "Azure"),
        ("https://api.together.xyz/v1", FLUX, "Together"),
        ("http://localhost:11434/v1", "x/flux", "Ollama"),
        ("http://127.0.0.1:8080/v1", "flux.1-dev", "LocalAI"),
        ("http://127.0.0.1:1234/v1", "sd", "sd.cpp"),
        ("http://10.0.0.2:4000", GPT, "LiteLLM"),
        ("http://10.0.0.2:4000", FLUX, "LiteLLM"),
        ("https://gateway.example/v1", GPT, "a gateway to gpt-image"),
        ("https://api.x.ai/v1", "grok-2-image", "any other"),
    ],
)
def test_a_server_is_known_by_its_address_and_its_model(base_url: str, model: str, name: str) -> None:
    assert profile_of(base_url, model).name == name


@pytest.mark.parametrize(
    ("base_url", "model", "fields"),
    [
        (
            "https://api.openai.com/v1",
            GPT,
            {"size": "1920x1088", "n": 1, "quality": "low", "output_format": "webp"},
        ),
        (
            "https://api.together.xyz/v1",
            FLUX,
            {"width": 1536, "height": 864, "n": 1, "response_format": "base64"},
        ),
        ("http://localhost:11434/v1", "x/flux", LOCAL),
        ("http://127.0.0.1:8080/v1", "flux.1-dev", {**LOCAL, "n": 1}),
        ("http://127.0.0.1:1234/v1", "sd", {"size": "1536x864", "n": 1, "output_format": "png"}),
        ("http://127.0.0.1:4000", "gpt-image-1", {"size": "1536x1024", "n": 1, "quality": "low"}),
    ],
)
def test_each_server_is_sent_what_it_knows(base_url: str, model: str, fields: dict[str, Any]) -> None:
    provider = OpenAIProvider(OpenAISection(base_url=base_url, model=model), key="k")
    request = provider._request(replace(PROMPT, size=(1920, 1080)))
    provider.close()
    assert (request.pop("model"), request.pop("prompt")) == (model, PROMPT.positive)
    request = {
        name: value for name, value in request.items() if name not in {"output_compression", "background"}
    }
    assert request == fields
