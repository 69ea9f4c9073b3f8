"""What the engine draws, looked at pixel by pixel."""

from dataclasses import replace

import moderngl
import numpy as np
import pytest
from stagepictures import SIZE, Draw, own_scene, picture, warm

from artvis.errors import GraphicsUnavailable
from artvis.model.artwork import Pixels
from artvis.model.music import SPECTRUM_BARS
from artvis.render.engine import Engine
from artvis.render.headless import check_version, read_pixels
from artvis.scene.kenburns import View
from artvis.scene.uniforms import Uniforms

pytestmark = pytest.mark.gl

QUIET = Uniforms(art_a="a", art_b="b", motion=0.0)
BARS = np.linspace(0.9, 0.3, SPECTRUM_BARS).astype(np.float32)
LOUD = replace(QUIET, bass=0.9, mid=0.7, treble=0.6, energy=0.9, motion=1.0, beat_pulse=1.0, spectrum=BARS)


def distance(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


def test_a_frame_shows_the_picture_not_a_flat_colour(draw: Draw) -> None:
    frame = draw(QUIET)
    assert frame.shape == (SIZE[1], SIZE[0], 3)
    assert frame.std() > 20


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_the_picture_is_right_side_up(draw: Draw, scale: float) -> None:
    frame = draw(QUIET, scale=scale)
    red, elsewhere = frame[3, 3].astype(int), frame[[3, -4, -4], [-4, 3, -4]].astype(int)
    assert red[0] > 140
    assert max(red[1], red[2]) < 40
    assert elsewhere[:, 0].max() < 80


def test_no_fade_is_the_one_picture_full_fade_the_other_and_half_way_is_neither(draw: Draw) -> None:
    one, other = draw(QUIET), draw(replace(QUIET, art_a="b", art_b=""))
    half = draw(replace(QUIET, fade=0.5))
    assert distance(draw(replace(QUIET, fade=0.0)), one) < 0.5
    assert distance(draw(replace(QUIET, fade=1.0)), other) < 1.0
    assert min(distance(half, one), distance(half, other)) > 10


def test_the_first_frame_of_an_urgent_fade_can_be_seen(draw: Draw) -> None:
    assert distance(draw(replace(QUIET, fade=0.05)), draw(QUIET)) > 0.3


def test_a_fade_grows_from_frame_to_frame(draw: Draw) -> None:
    start = draw(QUIET)
    steps = [distance(draw(replace(QUIET, fade=fade)), start) for fade in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert steps == sorted(steps)


def test_the_spectrum_stands_at_the_bottom_and_only_with_sound(draw: Draw) -> None:
    still, bars = draw(QUIET), draw(replace(QUIET, spectrum=BARS))
    difference = np.abs(bars.astype(int) - still.astype(int)).sum(axis=2)
    assert difference[int(SIZE[1] * 0.75) :].max() > 100
    assert difference[: int(SIZE[1] * 0.7)].max() == 0


def test_bars_are_as_many_and_as_high_as_the_spectrum_says(draw: Draw) -> None:
    one = np.zeros(SPECTRUM_BARS, np.float32)
    one[32] = 1.0
    size = (1280, 720)
    difference = np.abs(
        draw(replace(QUIET, spectrum=one), size=size).astype(int) - draw(QUIET, size=size).astype(int)
    ).sum(axis=2)
    columns = np.flatnonzero(difference.max(axis=0) > 60)
    rows = np.flatnonzero(difference.max(axis=1) > 60)
    assert 640 <= columns.min() <= columns.max() <= 652
    assert 0.13 * 720 <= np.ptp(rows) <= 0.2 * 720


def test_loud_music_looks_unlike_silence(draw: Draw) -> None:
    assert distance(draw(LOUD, frames=10), draw(QUIET, frames=10)) > 3


@pytest.mark.parametrize("art", ["a", "b", "light"])
def test_a_beat_is_seen_but_is_no_flash(draw: Draw, engine: Engine, art: str) -> None:
    engine.offer("light", (picture("b") // 3 + 150).astype(np.uint8))
    engine.upload_all()
    between = draw(replace(LOUD, art_a=art, bass=0.3, beat_pulse=0.0), frames=10)
    beat = draw(replace(LOUD, art_a=art), frames=10)
    assert distance(beat, between) > 0.3
    swing = np.abs(cells(beat) - cells(between))
    assert (swing >= 0.08).mean() < 0.25  # of the screen; a flash is a change of 0.10 on a quarter of it


def cells(frame: Pixels) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Relative luminance of 9 x 16 parts of the screen (WCAG 2.3.1)."""
    value = frame / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return (linear @ (0.2126, 0.7152, 0.0722)).reshape(9, SIZE[1] // 9, 16, SIZE[0] // 16).mean(axis=(1, 3))


@pytest.mark.parametrize("size", [(180, 320), (320, 180), (400, 100), (200, 200)])
def test_a_circle_stays_round_on_a_screen_of_any_shape(
    draw: Draw, size: tuple[int, int], engine: Engine
) -> None:
    t, s = np.mgrid[0:540, 0:960]
    disc = np.zeros((540, 960, 3), np.uint8)
    disc[(s - 480) ** 2 + (t - 270) ** 2 < 100**2] = 255
    engine.offer("disc", disc)
    engine.upload_all()
    frame = draw(Uniforms(art_a="disc", motion=0.0, view_a=View(zoom=1.05)), size=size)[..., 1] > 100
    width, height = np.ptp(np.flatnonzero(frame.any(axis=0))), np.ptp(np.flatnonzero(frame.any(axis=1)))
    assert width == pytest.approx(height, rel=0.08, abs=2)


def test_equal_sequences_give_equal_frames_on_another_engine(ctx: moderngl.Context) -> None:
    frames = []
    for _ in range(2):
        engine = warm(Engine(ctx, built_in=picture("a", 480, 270)))
        engine.offer("a", picture("a"))
        engine.offer("b", picture("b"))
        engine.upload_all()
        fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
        for number in range(6):
            engine.draw(replace(LOUD, fade=number / 6, now_s=number / 30), fbo, SIZE)
        frames.append(read_pixels(fbo))
        engine.release()
        fbo.release()
    assert np.array_equal(frames[0], frames[1])


def test_a_blackout_is_black_and_half_of_it_half_as_light(draw: Draw) -> None:
    assert draw(replace(LOUD, blackout=1.0, fade=0.5)).max() == 0
    light, half = draw(LOUD).astype(float), draw(replace(LOUD, blackout=0.5)).astype(float)
    assert half.mean() == pytest.approx(light.mean() / 2, rel=0.06)


def test_a_small_scale_shows_the_same_picture(draw: Draw) -> None:
    size = (640, 360)
    assert distance(draw(QUIET, size=size), draw(QUIET, size=size, scale=0.5)) < 4


def test_the_trail_of_a_bright_picture_fades_away_wholly(draw: Draw, engine: Engine) -> None:
    engine.offer_scene(own_scene("still-water"))
    engine.prepare_all()
    engine.offer("white", np.full((864, 1536, 3), 255, np.uint8))
    engine.offer("dark", np.full((864, 1536, 3), 10, np.uint8))
    engine.upload_all()
    on = replace(LOUD, scene="still-water", bass=0.0, beat_pulse=0.0)
    dark = draw(replace(on, art_a="dark"), frames=240)
    draw(replace(on, art_a="white"), frames=5)
    assert distance(draw(replace(on, art_a="dark"), frames=1), dark) > 20
    assert distance(draw(replace(on, art_a="dark"), frames=240), dark) < 1


def test_before_any_artwork_the_built_in_picture_is_there(ctx: moderngl.Context) -> None:
    engine = Engine(ctx, built_in=picture("b", 480, 270))
    fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    engine.draw(Uniforms(), fbo, SIZE)  # nothing is warm yet: the first frame of a show
    frame = read_pixels(fbo)
    engine.release()
    assert frame.std() > 20
    assert frame[..., 1].mean() > 2 * frame[..., 2].mean()


def test_a_picture_that_is_not_there_never_makes_the_frame_black(draw: Draw) -> None:
    assert distance(draw(replace(QUIET, art_b="gone", fade=0.5)), draw(QUIET)) < 1
    only_other = draw(replace(QUIET, art_a="gone", fade=0.5))
    assert distance(only_other, draw(replace(QUIET, art_a="b", art_b=""))) < 1
    assert draw(Uniforms(art_a="gone")).std() > 20


def test_warming_up_leaves_no_mark_on_the_target(ctx: moderngl.Context) -> None:
    engine = Engine(ctx, built_in=picture("a", 480, 270))
    fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    engine.draw(Uniforms(), fbo, SIZE)
    before = read_pixels(fbo)
    while not engine.warm_up_step():
        pass
    after = read_pixels(fbo)
    engine.release()
    assert np.argwhere((before != after).any(axis=2)).tolist() in ([], [[SIZE[1] - 1, 0]])


def test_a_host_finds_opengl_as_it_expects_it(ctx: moderngl.Context, engine: Engine) -> None:
    fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    assert ctx.error  # what went before is forgotten with it
    engine.offer("c", picture("b", 700, 500))
    engine.upload_all()
    engine.draw(replace(LOUD, fade=0.5), fbo.glo, SIZE, scale=0.5)
    # Drawn with no setting of its own: blended, clipped or in another target, it would not be all white.
    white = ctx.program(
        vertex_shader="#version 330 core\nvoid main() { gl_Position = vec4(vec2((gl_VertexID << 1) & 2,"
        " gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0); }",
        fragment_shader="#version 330 core\nout vec4 c; void main() { c = vec4(1.0, 1.0, 1.0, 0.0); }",
    )
    ctx.vertex_array(white, []).render(moderngl.TRIANGLES, 3)
    assert read_pixels(fbo).min() == 255
    assert ctx.error == "GL_NO_ERROR"


def test_old_opengl_is_refused_in_a_sentence() -> None:
    class OldContext:
        version_code = 210

    with pytest.raises(GraphicsUnavailable, match=r"OpenGL 3\.3.* offers 2\.1"):
        check_version(OldContext())  # type: ignore[arg-type]
