"""Which artworks are kept, and how they come in."""

from collections.abc import Iterator

import moderngl
import numpy as np
import pytest

from artvis.render.mipchain import LEVELS, MipChain
from artvis.render.textures import SLOTS, USUAL_SIZE, ArtTexture, ArtTextures

pytestmark = pytest.mark.gl


@pytest.fixture
def art(ctx: moderngl.Context) -> Iterator[ArtTextures]:
    art = ArtTextures(ctx)
    yield art
    art.release()


def bring(art: ArtTextures, *names: str, shape: tuple[int, int] = (864, 1536)) -> None:
    for name in names:
        art.offer(name, np.full((*shape, 3), 90, np.uint8))
        art.upload_all()


def test_the_least_recently_used_gives_way(art: ArtTextures) -> None:
    bring(art, "1", "2", "3", "4")
    assert art.held == {"1", "2", "3", "4"}
    art.offer("1", np.zeros((864, 1536, 3), np.uint8))  # known: counts as used
    bring(art, "5")
    assert art.held == {"1", "3", "4", "5"}


def test_what_is_on_screen_and_what_was_offered_last_are_never_taken_out(art: ArtTextures) -> None:
    bring(art, "a", "b")
    art.show("a", "b")
    for number in range(12):
        bring(art, f"new {number}")
        assert {"a", "b", f"new {number}"} <= art.held
        assert len(art.held) <= SLOTS


def test_a_picture_on_its_way_in_cannot_be_drawn_yet(art: ArtTextures) -> None:
    art.offer("a", np.zeros((864, 1536, 3), np.uint8))
    while not art._waiting["a"].done():
        art._waiting["a"].result()
    art.upload(0.0)
    assert art.held == frozenset()
    for _ in range(100):
        art.upload(0.0)
    assert art.held == {"a"}


def test_offering_twice_makes_one_upload(art: ArtTextures) -> None:
    bring(art, "a", "a")
    art.offer("a", np.zeros((864, 1536, 3), np.uint8))
    assert not art._waiting
    assert len([slot for slot in art._slots if slot.art_id == "a"]) == 1


def test_other_shapes_get_slots_of_their_own_and_never_more_than_four(art: ArtTextures) -> None:
    while art.preallocate():
        pass
    assert [slot.shown.size for slot in art._slots] == [USUAL_SIZE] * SLOTS
    bring(art, "square", shape=(900, 900))
    bring(art, "wide")
    square, wide = art.find("square"), art.find("wide")
    assert square is not None
    assert wide is not None
    assert (square.shown.size, square.shown.aspect) == ((1024, 1024), 1.0)
    assert wide.shown.size == USUAL_SIZE
    assert len(art._slots) == SLOTS


def test_every_level_arrives_whole(ctx: moderngl.Context) -> None:
    rng = np.random.default_rng(5)
    levels = tuple(
        rng.integers(0, 255, (864 >> level, 1536 >> level, 4), dtype=np.uint8) for level in range(LEVELS)
    )
    slot = ArtTexture(ctx, USUAL_SIZE)
    slices = list(slot.slices(MipChain(levels, aspect=16 / 9, luma=0.5)))
    assert len(slices) >= 5_308_416 // (512 * 1024)
    for texture, level in zip(slot._levels, levels, strict=True):
        assert texture.read() == level.tobytes()
    slot.release()
