from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from artvis.errors import InputError, ProviderError
from artvis.model.sections import NetworkSection, OpenAISection, ProvidersSection
from artvis.providers.catalogue import NAMES, back_end_of, back_ends, open_provider
from artvis.providers.keys import check_keyring, key_of, store_key

OFFICIAL = ProvidersSection()
OWN = ProvidersSection(openai=OpenAISection(base_url="http://127.0.0.1:1/v1"))
ENV = {"ARTVIS_OPENAI_API_KEY": " sk-abc "}


class Memory(KeyringBackend):
    """A keyring that forgets when the test ends."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Iterator[Memory]:
    before, ring = keyring.get_keyring(), Memory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def no_ring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


def test_a_key_comes_from_the_environment_before_the_keyring(ring: Memory) -> None:
    ring.kept["artvis", "openai"] = "sk-ring"
    assert key_of("openai", ENV) == "sk-abc"
    assert key_of("openai", {}) == "sk-ring"


def test_a_key_that_was_stored_is_found(ring: Memory) -> None:
    check_keyring("openai")
    store_key("openai", "sk-new")
    assert key_of("openai", {}) == "sk-new"


def test_a_locked_keyring_has_no_key_and_takes_none(ring: Memory) -> None:
    ring.locked = True
    assert key_of("openai", {}) == ""
    with pytest.raises(InputError, match="unlock"):
        store_key("openai", "sk-new")


@pytest.mark.usefixtures("no_ring")
def test_a_machine_without_a_keyring_says_so_in_one_sentence() -> None:
    assert key_of("openai", {}) == ""
    with pytest.raises(InputError, match="ARTVIS_OPENAI_API_KEY"):
        check_keyring("openai")
    with pytest.raises(InputError, match="ARTVIS_OPENAI_API_KEY"):
        store_key("openai", "sk-new")


@pytest.mark.usefixtures("no_ring")
def test_openai_needs_a_key_and_a_server_of_ones_own_does_not(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="ARTVIS_OPENAI_API_KEY") as caught:
        open_provider("openai", OFFICIAL, {}, tmp_path)
    assert caught.value.kind == "auth"
    for settings, environ in ((OWN, {}), (OFFICIAL, ENV)):
        provider = open_provider("openai", settings, environ, tmp_path)
        assert provider.name == "openai"
        provider.close()


@pytest.mark.usefixtures("no_ring")
def test_each_back_end_opens_with_its_own_key_and_address(tmp_path: Path) -> None:
    environ = {"ARTVIS_A1111_AUTH": "ann:secret", "ARTVIS_GEMINI_API_KEY": "AIzaKey", **ENV}
    for name in NAMES:
        provider = open_provider(name, OFFICIAL, environ, tmp_path)
        assert provider.name == name
        assert provider.paid == (name in {"openai", "gemini"})
        assert provider.networked == (name != "painter")
        assert "secret" not in repr(provider) + provider.health()
        provider.close()


@pytest.mark.parametrize("name", NAMES[1:])
def test_auto_is_the_back_end_of_which_something_was_set(name: str) -> None:
    section = replace(getattr(OFFICIAL, name), base_url="http://127.0.0.1:1")
    assert back_end_of("auto", replace(OFFICIAL, **{name: section}), NetworkSection()) == name
    assert back_end_of("auto", OFFICIAL, NetworkSection()) == "painter"
    assert back_end_of("auto", OFFICIAL, NetworkSection(consent=True)) == "openai"


def test_an_unknown_back_end_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="midjourney; there are painter, openai, a1111, comfyui, gemini"):
        open_provider("midjourney", OFFICIAL, {}, tmp_path)


@pytest.mark.parametrize("url", ["", "api.openai.com/v1", "ftp://x/v1", "http://"])
def test_an_address_that_is_none_is_refused_before_any_call(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="base_url"):
        open_provider("openai", ProvidersSection(openai=OpenAISection(base_url=url)), ENV, tmp_path)


@pytest.mark.usefixtures("no_ring")
def test_the_list_says_what_is_missing_and_what_a_picture_costs() -> None:
    painter, openai, a1111, comfyui, gemini = back_ends(OFFICIAL, {}, (1536, 864))
    assert (painter.configured, painter.price_usd, painter.missing) == (True, 0.0, "")
    assert (openai.configured, openai.price_usd) == (False, pytest.approx(0.0075))
    assert "ARTVIS_OPENAI_API_KEY" in openai.missing
    assert (a1111.configured, a1111.price_usd, comfyui.configured, comfyui.price_usd) == (True, 0, True, 0)
    assert (gemini.configured, gemini.price_usd) == (False, 0.068)
    assert "ARTVIS_GEMINI_API_KEY" in gemini.missing
    assert back_ends(OFFICIAL, ENV, (1536, 864))[1].configured
