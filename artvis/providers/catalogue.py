"""The image back ends that there are: opens one by name, and says of each whether it could paint.

It calls none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from artvis.errors import InputError, ProviderError
from artvis.model.sections import NetworkSection, OpenAISection, ProvidersSection
from artvis.providers import prices
from artvis.providers.imagesize import size_to_ask
from artvis.providers.keys import key_of, variable_of
from artvis.providers.painter import PainterProvider
from artvis.providers.provider import ImageProvider

NAMES: Final = ("painter", "openai")
OFFICIAL_HOST: Final = "api.openai.com"


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
    return "openai" if providers.openai != OpenAISection() or network.consent else "painter"


def open_provider(
    name: str, settings: ProvidersSection, environ: Mapping[str, str], _cache: Path
) -> ImageProvider:
    """The back end of that name. Raises InputError for an unknown one, ProviderError 'auth' where a key is missing."""
    match name:
        case "painter":
            return PainterProvider()
        case "openai":
            _check_address(settings.openai.base_url)
            key = key_of("openai", environ)
            if not key and _needs_key(settings.openai.base_url):
                raise ProviderError("auth", _missing_key())
            from artvis.providers.openai import OpenAIProvider  # 110 ms, of requests

            own_authorities = environ.get("REQUESTS_CA_BUNDLE") or environ.get("SSL_CERT_FILE", "")
            return OpenAIProvider(settings.openai, key=key, ca_bundle=own_authorities)
        case _:
            raise InputError(f"There is no image back end {name}; there are {', '.join(NAMES)}.")


def back_ends(settings: ProvidersSection, environ: Mapping[str, str], size: tuple[int, int]) -> list[BackEnd]:
    """All of them, the default first."""
    openai = settings.openai
    missing = "" if key_of("openai", environ) or not _needs_key(openai.base_url) else _missing_key()
    price = prices.prices_of("openai", openai.model).estimate_usd(
        openai.quality, size_to_ask(openai.model, size)
    )
    return [
        BackEnd("painter", configured=True, model="painters-1", networked=False, price_usd=0.0, missing=""),
        BackEnd("openai", not missing, openai.model, networked=True, price_usd=price, missing=missing),
    ]


def _needs_key(base_url: str) -> bool:
    """OpenAI does; a server of one's own often has none."""
    return (urlsplit(base_url).hostname or "").lower() == OFFICIAL_HOST


def _missing_key() -> str:
    return f"openai has no key: set {variable_of('openai')}, or run `artvis providers login openai`."


def _check_address(base_url: str) -> None:
    parts = urlsplit(base_url)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise InputError("providers.openai.base_url must be an address that begins with http:// or https://.")
