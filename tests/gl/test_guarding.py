"""What the flash guard measures and shows, pixel by pixel, against the same sums in numpy."""

from collections.abc import Callable, Iterator

import moderngl
import numpy as np
import pytest

from artvis.model.artwork import Pixels
from artvis.render.engine import Engine
from artvis.render.guarding import GRID, LINEAR, Guard, Guarding
from artvis.render.headless import read_pixels
from artvis.render.targets import Size
from artvis.scene.flashguard import FlashRecord, mixed
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene
from artvis.scene.uniforms import Uniforms

pytestmark = pytest.mark.gl

SIZE = (644, 371)  # no whole number of pixels a cell
Paint = Callable[[moderngl.Framebuffer, Size], None]


@pytest.fixture
def hands(ctx: moderngl.Context) -> Iterator[Guarding]:
    hands = Guarding(ctx)
    yield hands
    hands.release()


@pytest.fixture
def screen(ctx: moderngl.Context) -> Iterator[moderngl.Framebuffer]:
    screen = ctx.simple_framebuffer(SIZE)
    yield screen
    screen.release()


def noise(seed: int, size: Size = SIZE) -> Pixels:
    """Large patches with single pixels in them: the mean of the codes is not the mean of the light."""
    rng = np.random.default_rng(seed)
    patches = np.kron(rng.random((9, 14, 3)), np.ones((48, 48, 1)))[: size[1], : size[0]]
    return (255 * np.clip(patches + 0.6 * (rng.random((size[1], size[0], 1)) - 0.5), 0, 1)).astype(np.uint8)


def paint(fbo: moderngl.Framebuffer, pixels: Pixels) -> None:
    texture = fbo.color_attachments[0]
    rgba = np.dstack([pixels[::-1], np.full(pixels.shape[:2], 255, np.uint8)])
    texture.write(np.ascontiguousarray(rgba).tobytes(), alignment=1)


def encoded(linear: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Pixels:
    code = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(255 * code).astype(np.uint8)


def distance(a: Pixels, b: Pixels) -> int:
    return int(np.abs(a.astype(int) - b.astype(int)).max())


def test_a_finished_frame_is_measured_within_a_hundredth_whatever_its_pattern(hands: Guarding) -> None:
    size = (640, 360)
    checkered = (np.indices(size[::-1]).sum(axis=0) % 2 * 255).astype(np.uint8)
    for pixels in (noise(1, size), np.repeat(checkered[..., None], 3, axis=2)):
        paint(hands.frame(size), pixels)
        means = LINEAR[pixels[::-1]].reshape(36, 10, 64, 10, 3).mean(axis=(1, 3))
        assert np.abs(hands.measure_texture(hands.latest) - means).max() < 0.01


def test_a_frame_that_is_drawn_small_is_measured_exactly(hands: Guarding) -> None:
    pixels = noise(2, GRID)
    measured = hands.measure(lambda fbo, _: paint(fbo, pixels))
    assert np.array_equal(measured, LINEAR[pixels[::-1]])


def test_what_is_shown_is_the_share_of_the_frame_over_what_was_shown_before(
    hands: Guarding, screen: moderngl.Framebuffer
) -> None:
    frames = [noise(seed) for seed in range(4)]
    expected = LINEAR[frames[0]]
    for pixels, share in zip(frames, (1.0, 0.3, 0.05, 0.6), strict=True):
        paint(hands.frame(SIZE), pixels)
        hands.correct(share, screen, SIZE)
        expected = mixed(expected, LINEAR[pixels], share)
        assert distance(read_pixels(screen), encoded(expected)) <= 2


def test_a_frame_that_is_right_passes_unchanged_and_ends_the_exposure(
    hands: Guarding, screen: moderngl.Framebuffer
) -> None:
    for share in (1.0, 0.1, 1.0):
        paint(hands.frame(SIZE), noise(3))
        hands.correct(share, screen, SIZE)
    assert distance(read_pixels(screen), noise(3)) == 0


def test_a_window_of_another_size_goes_on_from_what_was_shown(
    ctx: moderngl.Context, hands: Guarding, screen: moderngl.Framebuffer
) -> None:
    white, black = (np.full((SIZE[1], SIZE[0], 3), level, np.uint8) for level in (255, 0))
    for pixels, share in ((white, 1.0), (white, 0.1)):
        paint(hands.frame(SIZE), pixels)
        hands.correct(share, screen, SIZE)
    paint(hands.frame((320, 180)), black[:180, :320])
    hands.correct(0.1, screen, SIZE)
    assert distance(read_pixels(screen), encoded(np.full((371, 644, 3), 0.9, np.float32))) <= 2


@pytest.mark.parametrize("once", [False, True])
def test_a_strobe_that_is_drawn_and_read_back_is_calmed_and_never_blanked(
    ctx: moderngl.Context, screen: moderngl.Framebuffer, *, once: bool
) -> None:
    record = FlashRecord()
    guard = Guard(ctx, record)
    while not guard.prepare(screen):
        pass
    swings = []
    for number in range(60):
        light = 1.0 if number // 3 % 2 else 0.0

        def draw(fbo: moderngl.Framebuffer, _: Size, light: float = light) -> None:
            fbo.clear(light, light, light, 1.0)

        if once:
            draw(guard.frame(SIZE), SIZE)
            guard.look_back(dt_s=1 / 30)
            guard.correct(screen, SIZE)
        elif guard.look(draw, dt_s=1 / 30):
            draw(guard.frame(SIZE), SIZE)
            guard.correct(screen, SIZE)
        else:
            draw(screen, SIZE)
        swings.append(LINEAR[read_pixels(screen)].mean())
    guard.release()
    assert np.ptp(swings[:12]) == 1.0
    assert np.abs(np.diff(swings[20:])).max() < 0.05
    assert min(swings[20:]) > 0.2
    assert record.limited_frames > 30
    assert record.max_per_s <= 3


def test_a_guard_that_is_off_looks_at_nothing(ctx: moderngl.Context) -> None:
    record = FlashRecord(guarded=False)
    guard = Guard(ctx, record)
    assert not guard.look(lambda *_: pytest.fail("drawn"), dt_s=1 / 30)
    assert record.max_per_s == 0
    guard.release()


def test_a_frame_that_is_drawn_twice_gives_nobody_twice_the_time(
    ctx: moderngl.Context, engine: Engine, screen: moderngl.Framebuffer
) -> None:
    text = "/*{}*/ void main() { gl_FragColor = vec4(vec3(step(fract(TIME * 5.0 + 0.1), 0.5)), 1.0); }"
    engine.offer_scene(StagedScene(key="strobe", document=read_scene(text, name="strobe")))
    engine.prepare_all()
    light = []
    for number in range(60):
        uniforms = Uniforms(art_a="a", scene="strobe", scene_s=number / 30, dt_s=1 / 30)
        for _ in range(2):
            engine.draw(uniforms, screen, SIZE)
        light.append(LINEAR[read_pixels(screen)[::30, ::30]].mean())
    swings = np.abs(np.diff(light)) > 0.1
    assert 2 <= swings[:30].sum() <= 6
    assert swings[30:].sum() <= 6
