"""Artworks as textures: mip chains from a worker thread, uploaded in slices so that no frame is late.

It decodes nothing and does not choose what is shown; it only keeps what is shown, and what was offered last.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter

import moderngl

from artvis.model.artwork import Pixels
from artvis.render.frame import Shown
from artvis.render.mipchain import LEVELS, SLOT_SIZES, USUAL_SIZE, MipChain, level_for, mip_chain
from artvis.render.targets import Size

SLOTS = 4
"""Pictures that are held at most."""
ROOMS: tuple[Size, ...] = (
    *[USUAL_SIZE] * SLOTS,
    (USUAL_SIZE[0] // 2, USUAL_SIZE[1] // 2),
    *[size for size in SLOT_SIZES if size != USUAL_SIZE] * 2,
)
"""Made before the first picture needs one: a texture that is made in the middle of a show is a late frame. Two of a
size, for one picture comes in while another hangs; of a preview's one. What is never written to takes no memory."""
SLICE_BYTES = 512 * 1024


class ArtTexture:
    """One slot, and the picture that it holds now.

    Each level is a texture of its own, and a pass samples one of them: a software driver needs 80 to 100 ms for the
    first glGenerateMipmap of a process, and a sampler that picks its level costs more at every pixel.
    """

    def __init__(self, ctx: moderngl.Context, size: Size) -> None:
        self.art_id: str | None = None
        self.shown = Shown(size, size[0] / size[1])
        self._levels = [ctx.texture((size[0] >> level, size[1] >> level), 4) for level in range(LEVELS)]
        for texture in self._levels:
            texture.repeat_x = texture.repeat_y = False

    def level(self, screen: Size) -> moderngl.Texture:
        """The texture to draw on a screen of this size."""
        return self._levels[level_for(self.shown.size, self.shown.aspect, screen)]

    def slices(self, chain: MipChain) -> Iterator[None]:
        """Upload a chain of this slot's size, one slice at each step."""
        self.shown = Shown(chain.size, chain.aspect, chain.luma)
        for texture, image in zip(self._levels, chain.levels, strict=True):
            height, width = image.shape[:2]
            rows = max(1, SLICE_BYTES // (4 * width))
            for top in range(0, height, rows):
                part = image[top : top + rows]
                texture.write(part, (0, top, width, len(part)), alignment=4)
                yield

    def release(self) -> None:
        for texture in self._levels:
            texture.release()


def built_in_texture(ctx: moderngl.Context, pixels: Pixels) -> ArtTexture:
    """The picture that is there before any other, uploaded at once."""
    height, width = pixels.shape[:2]
    art = ArtTexture(ctx, (width, height))
    for _ in art.slices(mip_chain(pixels, size=(width, height))):
        pass
    return art


class ArtTextures:
    """Four pictures; the least recently used gives way, but never one on screen nor the one offered last."""

    def __init__(self, ctx: moderngl.Context) -> None:
        self._ctx = ctx
        self._slots: list[ArtTexture] = []
        self._used: dict[str, int] = {}
        self._tick = 0
        self._waiting: dict[str, Future[MipChain]] = {}
        self._uploading: tuple[str, ArtTexture, Iterator[None]] | None = None
        self._on_screen: frozenset[str] = frozenset()
        self._last_offered = ""
        self._worker: ThreadPoolExecutor | None = None

    @property
    def held(self) -> frozenset[str]:
        return frozenset(slot.art_id for slot in self._slots if slot.art_id is not None)

    def find(self, art_id: str) -> ArtTexture | None:
        return next((slot for slot in self._slots if slot.art_id == art_id), None)

    def show(self, *art_ids: str) -> None:
        """These are on screen now: they are kept."""
        self._on_screen = frozenset(art_ids)
        for art_id in art_ids:
            self._touch(art_id)

    def offer(self, art_id: str, pixels: Pixels) -> None:
        self._touch(art_id)
        self._last_offered = art_id
        uploading = self._uploading is not None and self._uploading[0] == art_id
        if uploading or art_id in self._waiting or art_id in self.held:
            return
        if self._worker is None:
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mips")
        self._waiting[art_id] = self._worker.submit(mip_chain, pixels)

    def upload(self, budget_s: float) -> None:
        """As many slices as fit into the budget, at least one if any is ready; never waits for a mip chain."""
        until_s = perf_counter() + budget_s
        while (self._uploading is not None or self._begin_next(wait=False)) and self._step():
            if perf_counter() >= until_s:
                return

    def upload_all(self) -> None:
        while self._uploading is not None or self._begin_next(wait=True):
            self._step()

    def preallocate(self) -> bool:
        """One more slot; False when all are there."""
        if len(self._slots) >= len(ROOMS):
            return False
        self._slots.append(ArtTexture(self._ctx, ROOMS[len(self._slots)]))
        return True

    def release(self) -> None:
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
        for slot in self._slots:
            slot.release()
        self._slots.clear()
        self._waiting.clear()
        self._uploading = None

    def _touch(self, art_id: str) -> None:
        self._tick += 1
        self._used[art_id] = self._tick

    def _step(self) -> bool:
        """One slice of the picture being uploaded; the last one makes it drawable."""
        if self._uploading is None:
            return False
        art_id, slot, slices = self._uploading
        if next(slices, self) is self:
            slot.art_id = art_id
            self._uploading = None
        return True

    def _begin_next(self, *, wait: bool) -> bool:
        art_id = next((each for each, chain in self._waiting.items() if wait or chain.done()), None)
        if art_id is None:
            return False
        chain = self._waiting.pop(art_id).result()
        slot = self._make_room(chain.size)
        self._uploading = (art_id, slot, slot.slices(chain))
        return True

    def _make_room(self, size: Size) -> ArtTexture:
        """A free slot of this size, after the least recently used pictures have given way to SLOTS - 1."""
        kept = self._on_screen | {self._last_offered}
        while len(self.held) >= SLOTS:
            old = [slot for slot in self._slots if slot.art_id is not None and slot.art_id not in kept]
            slot = min(old, key=lambda each: self._used.get(each.art_id or "", 0))
            self._used.pop(slot.art_id or "", None)
            slot.art_id = None
        free = [slot for slot in self._slots if slot.art_id is None]
        fitting = next((slot for slot in free if slot.shown.size == size), None)
        if fitting is not None:
            return fitting
        if len(self._slots) >= len(ROOMS):
            self._slots.remove(free[-1])
            free[-1].release()
        self._slots.append(ArtTexture(self._ctx, size))
        return self._slots[-1]
