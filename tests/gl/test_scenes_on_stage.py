"""Scenes and transitions as the engine plays them: their own, and other people's."""

from dataclasses import replace

import moderngl
import numpy as np
import pytest
from stagepictures import SIZE, Draw, own_scene

from artvis.model.artwork import Pixels
from artvis.paths import resource
from artvis.render.engine import Engine
from artvis.render.headless import read_pixels
from artvis.render.troupe import MOST
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene
from artvis.scene.uniforms import Uniforms

pytestmark = pytest.mark.gl

QUIET = Uniforms(art_a="a", art_b="b", motion=0.0)
TRANSITIONS = sorted(
    path.stem
    for path in resource("scenes").glob("*.fs")
    if own_scene(path.stem).document.kind == "transition"
)


def guest(body: str, *, name: str = "guest", header: str = '{"ISFVSN": "2"}') -> StagedScene:
    return StagedScene(key=name, document=read_scene(f"/*{header}*/\n{body}", name=name))


def play(engine: Engine, staged: StagedScene) -> None:
    engine.offer_scene(staged)
    engine.prepare_all()
    assert staged.key in engine.playable


def distance(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


def test_there_are_at_least_eight_transitions() -> None:
    assert len(TRANSITIONS) >= 8


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_begins_with_the_one_picture_and_ends_with_the_other(
    draw: Draw, engine: Engine, name: str
) -> None:
    play(engine, own_scene(name))
    one, other = draw(QUIET, frames=1), draw(replace(QUIET, art_a="b", art_b=""), frames=1)
    on = replace(QUIET, transition=name)
    begin, end = (draw(replace(on, fade=fade), frames=1) for fade in (1e-4, 1.0))
    assert distance(begin, one) < 1.5  # its edges are as soft as one more sampling makes them
    assert distance(end, other) < 1.5
    half = draw(replace(on, fade=0.5), frames=1)
    assert min(distance(half, one), distance(half, other)) > 5


def test_what_another_scene_leaves_transparent_shows_the_picture(draw: Draw, engine: Engine) -> None:
    half = "void main() { gl_FragColor = vec4(1.0, 0.0, 1.0, step(0.5, isf_FragNormCoord.x)); }"
    play(engine, guest(half))
    plain, on = draw(replace(QUIET, energy=0.0)), draw(replace(QUIET, scene="guest"))
    middle = SIZE[0] // 2
    assert (on[:, middle + 1 :] == (255, 0, 255)).all()
    assert np.corrcoef(on[:, :middle].ravel(), plain[:, :middle].ravel())[0, 1] > 0.98


def test_at_presence_0_another_scene_is_not_seen_and_in_a_blackout_nothing_is(
    draw: Draw, engine: Engine
) -> None:
    play(engine, guest("void main() { gl_FragColor = vec4(1.0); }"))
    on = replace(QUIET, scene="guest")
    assert draw(replace(on, presence=0.0)).std() > 20
    assert draw(on).min() == 255
    assert draw(replace(on, blackout=1.0)).max() == 0


def test_a_scene_that_is_not_there_leaves_the_plain_picture(draw: Draw) -> None:
    assert distance(draw(replace(QUIET, scene="gone", transition="gone too", fade=0.3)), draw(QUIET)) > 0.3
    assert np.array_equal(draw(replace(QUIET, scene="gone")), draw(QUIET))


def test_a_scene_that_the_driver_refuses_is_played_by_the_plain_picture_and_holds_up_nobody(
    draw: Draw, engine: Engine
) -> None:
    play(engine, guest("void main() { gl_FragColor = vec4(nothing); }"))
    assert "guest" in engine.refused
    assert np.array_equal(draw(replace(QUIET, scene="guest")), draw(QUIET))
    play(engine, guest("void main() { gl_FragColor = vec4(1.0); }", name="well"))
    assert draw(replace(QUIET, scene="well")).min() == 255


def test_a_scene_that_strobes_is_held_to_three_flashes_a_second(
    ctx: moderngl.Context, engine: Engine
) -> None:
    play(engine, guest("void main() { gl_FragColor = vec4(vec3(step(fract(TIME * 10.0), 0.5)), 1.0); }"))
    fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    light = []
    for number in range(180):
        engine.draw(replace(QUIET, scene="guest", scene_s=number / 60, dt_s=1 / 60), fbo, SIZE)
        light.append((read_pixels(fbo)[::20, ::20].mean() / 255) ** 2.2)
    swings = np.abs(np.diff(light)) > 0.1
    assert swings[:60].sum() >= 2  # what may be seen is seen
    assert swings[60:].sum() <= 6 * 2  # three flashes, each up and down, in each of two seconds
    assert engine.guard.figures.limited_frames > 30


def test_with_less_effects_the_glow_is_left_out(ctx: moderngl.Context, engine: Engine) -> None:
    lamp = np.full((864, 1536, 3), 10, np.uint8)
    lamp[300:560, 600:900] = 255
    engine.offer("lamp", lamp)
    engine.upload_all()
    fbo = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    light = []
    for effects in (1.0, 0.5):
        for _ in range(2):  # a glow is seen in the frame after
            engine.draw(replace(QUIET, art_a="lamp"), fbo, SIZE, effects=effects)
        light.append(read_pixels(fbo)[SIZE[1] // 2, 110].mean())  # just beside the white
    assert light[0] > light[1]


def test_scenes_that_nobody_wants_any_more_leave(draw: Draw, engine: Engine) -> None:
    for number in range(MOST + 10):
        engine.offer_scene(guest("void main() { gl_FragColor = vec4(0.5); }", name=f"guest {number}"))
    engine.prepare_all()
    draw(Uniforms(scene=f"guest {MOST + 9}"), frames=1)
    assert len(engine.playable) == MOST
    assert f"guest {MOST + 9}" in engine.playable
    assert "guest 0" not in engine.playable
