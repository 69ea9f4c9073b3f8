"""Composition for `artvis providers login`: puts a key of an image back end into the keyring."""

from artvis.errors import InputError
from artvis.providers import catalogue
from artvis.providers import keys as keyring_keys


def check(name: str) -> None:
    """Raises InputError where no key can be stored: an unknown back end, one without keys, no keyring."""
    if name not in catalogue.NAMES:
        raise InputError(f"There is no image back end {name}; there are {', '.join(catalogue.NAMES)}.")
    if name in catalogue.KEYLESS:
        raise InputError(f"{name} needs no key.")
    keyring_keys.check_keyring(name)


def store(name: str, key: str) -> None:
    """Into the keyring. Raises InputError when it refuses."""
    keyring_keys.store_key(name, key)
