"""Scene files as they are drawn: our own public-style set, and hostile ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from scenefiles import FOLDER, MUSIC, SmallStage, document, staged

from artvis.errors import SceneError
from artvis.render.isfscene import Finish, IsfScene
from artvis.scene.isf.document import StagedScene
from artvis.scene.isf.header import read_scene

pytestmark = pytest.mark.gl

SCENES = sorted(FOLDER.glob("*.fs"))
HOSTILE = sorted(path for path in (FOLDER / "hostile").glob("*.fs") if not path.stem.startswith("hang_"))
HARMLESS = {"buffers_huge", "input_odd_numbers", "size_division_by_zero", "varying_without_vertex"}
"""Hostile, but drawn all the same."""


@pytest.fixture(scope="module")
def shared_stage(ctx: moderngl.Context) -> Iterator[SmallStage]:
    stage = SmallStage(ctx)
    yield stage
    stage.release()


@pytest.fixture
def stage(shared_stage: SmallStage) -> SmallStage:
    shared_stage.begin_anew()
    return shared_stage


@pytest.fixture
def made() -> Iterator[list[IsfScene]]:
    scenes: list[IsfScene] = []
    yield scenes
    for scene in scenes:
        scene.release()


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_scene_of_the_set_draws_something(path: Path, stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(path)))
    assert stage.draw(made[0], frames=2).std() > 2
    assert stage.ctx.error == "GL_NO_ERROR"


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(SCENES) >= 40
    assert len(HOSTILE) >= 20


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_file_is_refused_with_a_sentence_or_does_no_harm(
    path: Path, stage: SmallStage, made: list[IsfScene]
) -> None:
    if path.stem in HARMLESS:
        made.append(stage.scene(StagedScene(path.stem, document(path))))
        assert stage.draw(made[0]).std() > 2
    else:
        with pytest.raises(SceneError, match=rf"^{path.stem}\.fs:[^\n]*$") as caught:
            stage.scene(StagedScene(path.stem, document(path)))
        assert "artvis" not in caught.value.reason
    assert stage.ctx.error == "GL_NO_ERROR"


@pytest.mark.parametrize(
    ("name", "line", "word"),
    [
        ("undeclared", 7, "nowhere"),
        ("syntax_error", 7, "syntax"),
        ("loop_endless", 4, "no end"),
        ("no_main", 0, "main"),
    ],
)
def test_an_error_names_the_line_of_the_file(name: str, line: int, word: str, stage: SmallStage) -> None:
    with pytest.raises(SceneError, match=word) as caught:
        stage.scene(StagedScene(name, document(FOLDER / "hostile" / f"{name}.fs")))
    assert caught.value.line == line


def test_an_error_in_the_vertex_shader_names_that_file(stage: SmallStage) -> None:
    read = read_scene(
        "/*{}*/\nvoid main() {}\n", name="turn", vertex="\nvoid main() { gl_Position = lost; }\n"
    )
    with pytest.raises(SceneError, match=r"turn\.vs:2: .*lost"):
        stage.scene(StagedScene("turn", read))


def test_a_picture_stands_upright_and_is_cut_as_the_camera_says(
    stage: SmallStage, made: list[IsfScene]
) -> None:
    made += [stage.scene(staged(FOLDER / f"{name}.fs")) for name in ("img_this_pixel", "image_handed_about")]
    for scene in made:
        whole = stage.draw(scene)
        assert whole[4, 4, 0] > 230
        assert whole[-4, 4, 0] < 60
    stage.rect = (0.5, 0.5, 0.5, -0.5)  # the upper right quarter
    assert stage.draw(made[0])[4, 4, 0] < 60


def test_an_imported_picture_stands_upright(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "imported_list.fs")))
    frame = stage.draw(made[0], size=(16, 16))
    assert frame[:4, :4].min() > 250
    assert frame[-4:, :4, 2].max() < 100


def test_each_step_compiles_one_pass(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(IsfScene(stage.ctx, staged(FOLDER / "pass_eleven.fs"), mesh=stage.mesh))
    out = stage.target()
    steps = 1
    while not made[0].prepare_step(out):
        steps += 1
    assert steps == 12


def test_what_persists_outlives_a_change_of_size(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "feedback.fs")))
    kept = stage.draw(made[0], frames=20)
    after = stage.draw(made[0], size=(100, 56))
    assert abs(float(after.mean()) - float(kept.mean())) < 3
    anew = stage.scene(staged(FOLDER / "feedback.fs"))
    made.append(anew)
    assert float(stage.draw(anew).mean()) < 0.3 * float(kept.mean())


def test_a_buffer_of_floats_counts_frames_exactly(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "pass_float.fs")))
    frame = stage.draw(made[0], frames=5)
    assert (frame[:, :, 0] > 128).mean() == pytest.approx(0.5, abs=0.02)  # four times an eighth
    assert frame[2, :, 1].min() > 230


def test_a_scene_that_was_off_the_stage_remembers_nothing(stage: SmallStage, made: list[IsfScene]) -> None:
    made += [stage.scene(staged(FOLDER / f"{name}.fs")) for name in ("pass_float", "feedback", "frames")]
    for scene in made:
        first = stage.draw(scene, frames=2)
        scene.rest()
        assert np.abs(stage.draw(scene, frames=2).astype(int) - first).max() <= 1


def test_the_last_pass_can_be_drawn_small_in_the_belief_that_it_is_large(
    stage: SmallStage, made: list[IsfScene]
) -> None:
    made.append(stage.scene(staged(FOLDER / "generator_waves.fs")))
    large = stage.draw(made[0], size=(160, 90)).reshape(18, 5, 32, 5, 3)[:, 2, :, 2]
    small = stage.draw(made[0], size=(32, 18), like=(160, 90))
    assert np.abs(large.astype(int) - small.astype(int)).mean() < 6
    assert set(stage.asked) <= {(160, 90)}


def test_the_music_moves_what_is_named_after_it(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "driven_music.fs")))
    quiet = stage.draw(made[0], replace(MUSIC, treble=0.0))
    loud = stage.draw(made[0], replace(MUSIC, treble=0.9))
    moved = loud.astype(int) - quiet.astype(int)
    assert moved[:, :, 2].mean() > 40
    assert abs(moved[:, :, :2]).max() == 0


def test_a_transition_goes_from_one_picture_to_the_other(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "transition_wipe.fs")))
    made.append(stage.scene(staged(FOLDER / "img_this_pixel.fs")))
    start, end = (stage.draw(made[0], replace(MUSIC, fade=fade)) for fade in (0.0, 1.0))
    assert np.abs(start.astype(int) - stage.draw(made[1]).astype(int)).max() <= 1
    assert np.abs(start.astype(int) - end.astype(int)).mean() > 20


def test_the_engine_adds_its_finish_to_the_last_pass_only(stage: SmallStage, made: list[IsfScene]) -> None:
    bound: list[moderngl.Program] = []
    finish = Finish(
        vertex="out float lit; void finish_vertex() { lit = 0.5 + 0.5 * place.x; }",
        fragment="in float lit; uniform sampler2D lamp;\n"
        "vec4 finish(vec4 colour) { return vec4((1.0 - colour.rgb) * lit * texture(lamp, vec2(0.5)).r, 1.0); }",
        units={"lamp": 0},
        bind=bound.append,
    )
    made += [stage.scene(staged(FOLDER / "pass_blur.fs"), each) for each in (finish, None)]
    lamp = stage.ctx.texture((1, 1), 4, b"\xff\xff\xff\xff")
    lamp.use(0)
    finished, plain = (stage.draw(scene).astype(int) for scene in made)
    lamp.release()
    assert len(bound) == 1
    assert np.abs(finished[:, -1] - (255 - plain[:, -1])).max() <= 3
    assert np.abs(finished[:, 0] - (255 - plain[:, 0]) / 2).max() <= 3


def test_a_finish_lives_beside_whatever_names_a_scene_has(stage: SmallStage, made: list[IsfScene]) -> None:
    text = """/*{"INPUTS": [{"NAME": "lamp", "TYPE": "image"}, {"NAME": "lit", "TYPE": "float", "DEFAULT": 0.5}]}*/
#define grey(x) vec3(x)
vec3 palette(float x) { return grey(x); }
float finish = 0.25;
void main() { gl_FragColor = vec4(palette(lit * finish), IMG_THIS_PIXEL(lamp).a); }"""
    finish = Finish(
        vertex="out vec4 lit; void finish_vertex() { lit = vec4(1.0); }",
        fragment="in vec4 lit; uniform sampler2D lamp; vec4 palette[2];\n"
        "vec4 finish(vec4 colour) { float grey = colour.r; palette[0] = texture(lamp, vec2(0.5));\n"
        "return vec4(grey, palette[0].r, lit.b, 1.0); }",
        units={"lamp": 3},
        bind=lambda _: None,
    )
    made.append(stage.scene(StagedScene("x", read_scene(text, name="x")), finish))
    lamp = stage.ctx.texture((1, 1), 4, b"\x50\xff\xff\xff")
    lamp.use(3)
    assert stage.draw(made[0])[45, 80].tolist() == [32, 0x50, 255]
    lamp.release()


def test_a_scene_that_shows_the_time_is_told_by_its_clock(stage: SmallStage, made: list[IsfScene]) -> None:
    made.append(stage.scene(staged(FOLDER / "date.fs")))  # the clock stands in September 2001
    red = stage.draw(made[0])[:, :, 0]
    assert (red > 128).mean() == pytest.approx(0.01, abs=0.01)
