"""The image back ends that there are: opens one by name, and says of each whether it could paint.

It calls none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from artvis.errors import InputError, ProviderError
from artvis.model.sections import NetworkSection, ProvidersSection
from artvis.providers import prices
from artvis.providers.imagesize import gemini_definition, size_to_ask
from artvis.providers.keys import key_of, variable_of
from artvis.providers.painter import PainterProvider
from artvis.providers.provider import ImageProvider

NETWORKED: Final = ("openai", "a1111", "comfyui", "gemini")
NAMES: Final = ("painter", *NETWORKED)
KEYLESS: Final = ("painter", "comfyui")
OFFICIAL_HOSTS: Final = ("api.openai.com", "generativelanguage.googleapis.com")


@dataclass(frozen=True, slots=True)
class BackEnd:
    """One line of `artvis providers`."""

    name: str
    configured: bool
    model: str
    networked: bool
    price_usd: float | None
    """Of one picture of the size asked for; None when it is not known."""
    missing: str
    """What to do so that it can paint, or ''."""


def back_end_of(name: str, providers: ProvidersSection, network: NetworkSection) -> str:
    """The back end that a name means. `auto`: the one that the person has named once, else the painter.

    To set anything of a back end names it, and so does network.consent. A key alone does not.
    """
    if name != "auto":
        return name
    default = ProvidersSection()
    named = (end for end in NETWORKED if getattr(providers, end) != getattr(default, end))
    return next(named, "openai" if network.consent else "painter")


def open_provider(
    name: str, settings: ProvidersSection, environ: Mapping[str, str], _cache: Path
) -> ImageProvider:
    """The back end of that name. Raises InputError for an unknown one, ProviderError 'auth' where a key is missing."""
    if name == "painter":
        return PainterProvider()
    if name not in NETWORKED:
        raise InputError(f"There is no image back end {name}; there are {', '.join(NAMES)}.")
    address = _address_of(name, settings)
    _check_address(name, address)
    key = "" if name in KEYLESS else key_of(name, environ)
    if not key and _needs_key(address):
        raise ProviderError("auth", _missing_key(name))
    own_authorities = environ.get("REQUESTS_CA_BUNDLE") or environ.get("SSL_CERT_FILE", "")
    return _opened(name, settings, key=key, ca_bundle=own_authorities)


def back_ends(settings: ProvidersSection, environ: Mapping[str, str], size: tuple[int, int]) -> list[BackEnd]:
    """All of them, the default first."""
    openai, gemini = settings.openai, settings.gemini
    openai_usd = prices.prices_of("openai", openai.model).estimate_usd(
        openai.quality, size_to_ask(openai.model, size)
    )
    gemini_usd = prices.prices_of("gemini", gemini.model).estimate_usd(
        gemini_definition(gemini.model, size), prices.LIST_SIZE
    )
    return [
        BackEnd("painter", configured=True, model="painters-1", networked=False, price_usd=0.0, missing=""),
        _listed("openai", settings, environ, model=openai.model, price_usd=openai_usd),
        _listed("a1111", settings, environ, model=_loaded_at(settings.a1111.base_url), price_usd=0.0),
        _listed("comfyui", settings, environ, model=_loaded_at(settings.comfyui.base_url), price_usd=0.0),
        _listed("gemini", settings, environ, model=gemini.model, price_usd=gemini_usd),
    ]


def _opened(name: str, settings: ProvidersSection, *, key: str, ca_bundle: str) -> ImageProvider:
    """Loads the module of one back end: each brings requests with it, 110 ms."""
    match name:
        case "a1111":
            from artvis.providers.a1111 import A1111Provider

            return A1111Provider(settings.a1111, login=key, ca_bundle=ca_bundle)
        case "comfyui":
            from artvis.providers.comfyui import ComfyUIProvider

            return ComfyUIProvider(settings.comfyui, ca_bundle=ca_bundle)
        case "gemini":
            from artvis.providers.gemini import GeminiProvider

            return GeminiProvider(settings.gemini, key=key, ca_bundle=ca_bundle)
        case _:
            from artvis.providers.openai import OpenAIProvider

            return OpenAIProvider(settings.openai, key=key, ca_bundle=ca_bundle)


def _listed(
    name: str, settings: ProvidersSection, environ: Mapping[str, str], *, model: str, price_usd: float | None
) -> BackEnd:
    """A server of one's own is ready where its address is said: whether it runs is known when it is asked."""
    address = _address_of(name, settings)
    missing = ""
    if _needs_key(address):
        missing = "" if key_of(name, environ) else _missing_key(name)
    return BackEnd(name, not missing, model, networked=True, price_usd=price_usd, missing=missing)


def _address_of(name: str, settings: ProvidersSection) -> str:
    return str(getattr(settings, name).base_url)


def _loaded_at(base_url: str) -> str:
    return f"as loaded at {urlsplit(base_url).netloc.rpartition('@')[2]}"


def _needs_key(base_url: str) -> bool:
    """OpenAI and Google do; a server of one's own often has none."""
    return (urlsplit(base_url).hostname or "").lower() in OFFICIAL_HOSTS


def _missing_key(name: str) -> str:
    return f"{name} has no key: set {variable_of(name)}, or run `artvis providers login {name}`."


def _check_address(name: str, base_url: str) -> None:
    parts = urlsplit(base_url)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise InputError(
            f"providers.{name}.base_url must be an address that begins with http:// or https://."
        )
