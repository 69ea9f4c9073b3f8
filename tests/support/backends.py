"""Each network back end with the server of its kind, for tests that hold all of them to the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import geminiserver
import imageserver
from a1111server import A1111Server
from comfyuiserver import ComfyUIServer
from geminiserver import GeminiServer
from imageserver import ImageServer

from artvis.model.music import MusicState
from artvis.model.sections import A1111Section, ArtSection, ComfyUISection, GeminiSection, OpenAISection
from artvis.prompt.compose import compose
from artvis.providers.a1111 import A1111Provider
from artvis.providers.comfyui import ComfyUIProvider
from artvis.providers.gemini import GeminiProvider
from artvis.providers.openai import OpenAIProvider
from artvis.providers.provider import ImageProvider

NAMES: Final = ("openai", "a1111", "comfyui", "gemini")
LOGIN: Final = "ann:correct-horse-battery"
SECRETS: Final = (imageserver.KEY, geminiserver.KEY, "correct-horse-battery")
PROMPT: Final = replace(compose(MusicState(), ArtSection(), history=(), seed=5), size=(96, 64))


@contextmanager
def back_end(name: str) -> Iterator[tuple[ImageProvider, ImageServer]]:
    """A back end and the server that it asks, both ended afterwards."""
    servers = {"openai": ImageServer, "a1111": A1111Server, "comfyui": ComfyUIServer, "gemini": GeminiServer}
    with servers[name]() as server:
        provider = _opened(name, server)
        try:
            yield provider, server
        finally:
            provider.close()


def _opened(name: str, server: ImageServer) -> ImageProvider:
    match name:
        case "openai":
            return OpenAIProvider(OpenAISection(base_url=server.base_url), key=imageserver.KEY)
        case "a1111":
            return A1111Provider(A1111Section(base_url=server.origin), login=LOGIN)
        case "comfyui":
            return ComfyUIProvider(ComfyUISection(base_url=server.origin), look_s=0.02)
        case _:
            return GeminiProvider(GeminiSection(base_url=server.base_url), key=geminiserver.KEY)
