"""A session as a value: the evening to which fresh art belongs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    created_at_ms: int
    expires_at_ms: int
    replaced: bool = False
    """True when a proposal was foreign or expired and another session was given."""
