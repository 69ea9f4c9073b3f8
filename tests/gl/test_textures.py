"""Which artworks are kept, and how they come in."""

from collections.abc import Iterator

import moderngl
import numpy as np
import pytest

from artvis.render.mipchain import LEVELS, USUAL_SIZE, MipChain
from artvis.render.textures import ROOMS, SLOTS, ArtTexture, ArtTextures

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


def test_pictures_of_every_slot_size_find_their_slots_made(art: ArtTextures) -> None:
    while art.preallocate():
        pass
    made = list(art._slots)
    for number, (width, height) in enumerate([(1024, 1024), (1920, 1088), (1792, 1024), (1536, 864)] * 3):
        bring(art, f"{number}", shape=(height, width))
        art.show(f"{number - 1}", f"{number}")
    assert art._slots == made
    assert len(art.held) == SLOTS


def test_other_shapes_are_stretched_into_the_nearest_slot_and_there_is_never_one_more(
    art: ArtTextures,
) -> None:
    while art.preallocate():
        pass
    bring(art, "square", shape=(900, 900))
    bring(art, "small", shape=(300, 500))
    square, small = art.find("square"), art.find("small")
    assert square is not None
    assert small is not None
    assert (square.shown.size, square.shown.aspect) == ((1024, 1024), 1.0)
    assert small.shown.size == (500, 300)
    assert len(art._slots) == len(ROOMS)


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
