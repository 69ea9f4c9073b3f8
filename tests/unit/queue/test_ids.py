"""Identifiers of artworks and sessions."""

import uuid

import pytest

from artvis.queue.ids import is_uuid, new_id, uuid7


def test_a_uuid7_carries_its_moment_version_and_variant() -> None:
    made = uuid.UUID(uuid7(0x0123456789AB, bytes(range(10))))
    assert made.hex.startswith("0123456789ab7")
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_a_later_id_sorts_after_an_earlier_one_whatever_its_random_part() -> None:
    assert uuid7(1000, b"\xff" * 10) < uuid7(1001, b"\x00" * 10)


def test_the_same_moment_and_entropy_give_the_same_id() -> None:
    assert uuid7(7, b"0123456789") == uuid7(7, b"0123456789")
    assert new_id(7) != new_id(7)


def test_too_little_entropy_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        uuid7(1, b"abc")


@pytest.mark.parametrize(
    "text", ["", "x", "0199C0DE-0000-7000-8000-000000000000", "0199c0de00007000800000000000000"]
)
def test_what_is_not_written_as_our_ids_are_is_no_id(text: str) -> None:
    assert not is_uuid(text)
