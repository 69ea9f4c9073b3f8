from math import tau

import numpy as np
import pytest

from artvis.model.artwork import Picture
from artvis.model.music import MusicState
from artvis.scene.director import Direction
from artvis.scene.state import SceneState
from artvis.scene.uniforms import GREY_PALETTE, OnStage, on_stage, rgb_palette, uniforms

A = OnStage(art_id="a", seed=1, palette=tuple((0.0, 0.0, 0.0) for _ in range(6)))
B = OnStage(art_id="b", seed=2, palette=tuple((1.0, 0.5, 0.0) for _ in range(6)))


def test_the_palette_crosses_over_with_the_pictures() -> None:
    made = uniforms(
        now_s=1.0,
        dt_s=0.1,
        state=SceneState(),
        music=MusicState(),
        direction=Direction(fade=0.25),
        current=A,
        incoming=B,
    )
    assert made.palette[0] == pytest.approx((0.25, 0.125, 0.0))
    assert (made.art_a, made.art_b, made.fade) == ("a", "b", 0.25)


def test_there_is_no_fade_without_an_incoming_picture() -> None:
    made = uniforms(
        now_s=1.0,
        dt_s=0.1,
        state=SceneState(),
        music=MusicState(),
        direction=Direction(fade=0.5),
        current=A,
    )
    assert (made.art_b, made.fade, made.palette) == ("", 0.0, A.palette)


def test_a_beat_zooms_in_by_two_percent_at_most_and_less_when_calm() -> None:
    def zoom(motion: float, since_beat_s: float) -> float:
        state = SceneState(motion=motion, since_beat_s=since_beat_s, beat_strength=1.0)
        made = uniforms(now_s=0, dt_s=0, state=state, music=MusicState(), direction=Direction(), current=A)
        return made.view_a.zoom

    at_rest = zoom(1.0, 60.0)
    assert at_rest < zoom(0.5, 0.03) < zoom(1.0, 0.03) <= at_rest * 1.0201


def test_the_angles_of_the_flow_stay_small_after_weeks() -> None:
    state = SceneState(motion_s=3e6)
    made = uniforms(now_s=0, dt_s=0, state=state, music=MusicState(), direction=Direction(), current=A)
    assert all(0.0 <= angle < tau for angle in made.phases)


def test_a_picture_comes_on_with_its_palette_and_its_journey_begins_now() -> None:
    pixels = np.zeros((9, 16, 3), np.uint8)
    stage = on_stage(Picture(id="x", pixels=pixels, palette=("#000000", "#ff8000")), SceneState(motion_s=7.5))
    assert stage.since_motion_s == 7.5
    assert stage.palette[0] == (0.0, 0.0, 0.0)
    assert stage.palette[5] == pytest.approx((1.0, 128 / 255, 0.0))


def test_a_picture_without_a_palette_gets_greys() -> None:
    assert rgb_palette(()) == GREY_PALETTE
