"""What keys do to what hangs, and what the stage says of scenes: a real library, and a clock that is a number."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from stand import Stand

from artvis.model.command import Command
from artvis.scene.isf.document import SceneDocument, StagedScene
from artvis.scene.roster import Roster


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Callable[[], Stand]]:
    """Makes shows on one library; a second one is a second window, a later one a restart."""
    made: list[Stand] = []

    def make() -> Stand:
        made.append(Stand(tmp_path))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


@pytest.mark.parametrize("held", [False, True])
def test_left_and_right_walk_in_what_has_hung_also_while_a_picture_is_coming_in(
    stand: Callable[[], Stand], *, held: bool
) -> None:
    show = stand()
    made = []
    for _ in range(4):
        made.append(show.paint(asked=True))
        show.tick(2.0)
    if held:
        show.showing.command(Command.HOLD)
    for _ in range(3):
        assert show.showing.command(Command.PREVIOUS) == "Previous picture"
        show.tick(0.1)
    assert show.showing.command(Command.PREVIOUS) == "No earlier picture"
    show.tick(2.0)
    assert show.on_wall == made[0]
    walked = []
    for _ in range(3):
        assert show.showing.command(Command.NEXT) == "Next picture"
        show.tick(2.0)
        walked.append(show.on_wall)
    assert walked == made[1:]
    show.showing.command(Command.PREVIOUS)
    show.showing.command(Command.NEXT)
    show.tick(1.0)
    assert show.on_wall == made[3]
    new = show.paint()
    show.tick()
    show.showing.command(Command.NEXT)
    show.tick(1.0)
    assert show.on_wall == new


def test_a_fresh_picture_does_not_take_the_place_of_the_one_that_is_walked_to(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    first = show.paint()
    show.tick(2.0)
    show.paint(asked=True)
    show.tick(2.0)
    show.showing.command(Command.PREVIOUS)
    show.paint()
    show.tick(1.0)
    assert show.on_wall == first


def test_a_scene_is_asked_of_the_engine_and_comes_on_with_its_name_and_clocks(
    stand: Callable[[], Stand],
) -> None:
    show = stand()
    scene = StagedScene("tide-1", SceneDocument("tide", ""))
    show.showing._ports = replace(show.showing._ports, roster=lambda: Roster((scene,)))
    assert show.tick(0.5).scenes == (scene,)
    assert show.tick().uniforms.scene == ""
    show.playable = frozenset({scene.key})
    first, later = show.tick().uniforms, show.tick(4.0).uniforms
    assert (first.scene, first.presence) == ("tide-1", pytest.approx(0.0, abs=0.01))
    assert (later.scene, later.presence) == ("tide-1", 1.0)
    assert later.scene_s == pytest.approx(4.0, abs=0.1)
    assert 0.5 < later.drift_s < 2.0  # a slow drift in silence


def test_reduced_motion_is_calm_from_the_first_frame_on(stand: Callable[[], Stand]) -> None:
    show = stand()
    moving = show.tick(3.0).uniforms.motion
    show.showing._ports = replace(show.showing._ports, reduced_motion=lambda: True)
    assert show.tick().uniforms.motion < moving
    assert show.tick(2.0).uniforms.motion == pytest.approx(moving / 2, rel=0.05)


@pytest.mark.parametrize("command", [Command.BLACKOUT, Command.CALM, Command.NEXT, Command.PREVIOUS])
def test_a_key_is_seen_in_the_very_next_frame(stand: Callable[[], Stand], command: Command) -> None:
    show = stand()
    for _ in range(3):
        show.paint(asked=True)
        show.tick(2.0)
    before = show.tick().uniforms
    show.showing.command(command)
    after = show.tick().uniforms
    assert (after.blackout, after.motion, after.fade) != (before.blackout, before.motion, before.fade)


def test_hold_keeps_the_picture_from_the_very_next_frame_on(stand: Callable[[], Stand]) -> None:
    show = stand()
    shown = show.paint()
    show.tick(2.0)
    show.paint()
    assert show.showing.command(Command.HOLD) == "Held"
    assert show.tick().overlay.held
    show.tick(60.0, step_s=0.1)
    assert show.on_wall == shown
