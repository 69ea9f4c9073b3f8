"""Keys of image back ends: from the environment, else from the keyring of the system.

No key is ever written to a file, a log or a sentence.
"""

import contextlib
from collections.abc import Mapping
from typing import Final

from artvis.errors import InputError

_SERVICE: Final = "artvis"
NO_KEYRING: Final = "This machine has no keyring: set {variable} in the environment instead."


def variable_of(provider: str) -> str:
    """The environment variable that holds the key of a back end; for a1111 that is user:password."""
    return "ARTVIS_A1111_AUTH" if provider == "a1111" else f"ARTVIS_{provider.upper()}_API_KEY"


def key_of(provider: str, environ: Mapping[str, str]) -> str:
    """The key, or '' where there is none, or no keyring to ask."""
    given = environ.get(variable_of(provider), "").strip()
    if given:
        return given
    import keyring  # 40 ms, and its back ends more; only where no variable is set
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError):  # NoKeyringError, or it is locked
        return (keyring.get_password(_SERVICE, provider) or "").strip()
    return ""


def check_keyring(provider: str) -> None:
    """Raises InputError where this machine has no keyring, before anybody types a key."""
    import keyring  # 40 ms
    from keyring.backends.fail import Keyring

    if isinstance(keyring.get_keyring(), Keyring):
        raise InputError(NO_KEYRING.format(variable=variable_of(provider)))


def store_key(provider: str, key: str) -> None:
    """Puts a key into the keyring. Raises InputError where there is none, or where it refuses."""
    import keyring  # 40 ms
    from keyring.errors import KeyringError, NoKeyringError

    try:
        keyring.set_password(_SERVICE, provider, key)
    except NoKeyringError as error:
        raise InputError(NO_KEYRING.format(variable=variable_of(provider))) from error
    except KeyringError as error:
        raise InputError(
            f"The keyring did not take the key: unlock it, or set {variable_of(provider)} in the environment."
        ) from error
