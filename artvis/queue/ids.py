"""Identifiers: UUIDv7, which sort by the moment they were made.

It does not read a clock by itself, so that a film gives the same ids twice.
"""

import secrets
import uuid

ENTROPY_BYTES = 10


def uuid7(now_ms: int, entropy: bytes) -> str:
    """A UUIDv7 of a moment and ten random bytes. Source: RFC 9562, section 5.7."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"entropy has {len(entropy)} bytes, not {ENTROPY_BYTES}")
    value = (now_ms & (1 << 48) - 1) << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_id(now_ms: int, entropy: bytes | None = None) -> str:
    return uuid7(now_ms, entropy or secrets.token_bytes(ENTROPY_BYTES))


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID as we write them: lower case, with hyphens."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
