"""Scenes and transitions over a long evening, as plain values: no file, no engine, and a clock that is a number."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from artvis.model.music import MusicState
from artvis.scene.casting import Cast, Casting, Terms
from artvis.scene.director import Direction, Director
from artvis.scene.isf.document import Casting as Part
from artvis.scene.isf.document import SceneDocument, StagedScene
from artvis.scene.roster import Roster
from artvis.scene.state import SceneState

FPS = 10


def staged(
    name: str, low: float = 0.0, high: float = 1.0, *, cost: float = 1.0, version: int = 1
) -> StagedScene:
    document = SceneDocument(name, "", casting=Part(energy=(low, high)))
    return StagedScene(f"{name}-{version}", document, cost=cost)


CALM = tuple(staged(f"calm{n}", 0.0, 0.4) for n in range(3))
LIVELY = tuple(staged(f"lively{n}", 0.3, 0.8) for n in range(4))
WILD = tuple(staged(f"wild{n}", 0.6, 1.0) for n in range(3))
FADES = (
    staged("mist", 0.0, 0.5),
    staged("ink", 0.2, 0.8),
    staged("slices", 0.5, 1.0),
    staged("burn", 0.6, 1.0),
)
ALL = Roster((*CALM, *LIVELY, *WILD), FADES)
KEYS = frozenset(each.key for each in (*ALL.scenes, *ALL.transitions))

MOODS = ((0.25, 0.3, 90.0), (0.9, 0.5, 120.0), (0.95, 0.75, 140.0), (0.7, 0.45, 0.0))
"""Energy, arousal and tempo of the minutes, one after the other; without a tempo there is no beat."""


@dataclass(frozen=True)
class Moment:
    t_s: float
    music: MusicState
    direction: Direction
    cast: Cast


class Evening:
    """Director and casting over music of which every minute is of another mood, and a new section."""

    def __init__(self, *, seed: int = 1, moods: tuple[tuple[float, float, float], ...] = MOODS) -> None:
        self._director = Director(begins_with_built_in=False)
        self._casting = Casting(seed=seed)
        self._moods = moods
        self._frame, self._beats, self._motion_s = 0, 0.0, 0.0
        self.terms = Terms(ALL, KEYS)

    def play(self, seconds: float, *, urgent: bool = False, have_next: bool = True) -> list[Moment]:
        moments = []
        for _ in range(round(seconds * FPS)):
            moments.append(self._step(urgent=urgent, have_next=have_next))
            urgent = urgent and not moments[-1].direction.begin_transition
        return moments

    def _step(self, *, urgent: bool, have_next: bool) -> Moment:
        t_s = self._frame / FPS
        minute = int(t_s // 60)
        energy, arousal, bpm = self._moods[minute % len(self._moods)]
        self._beats += bpm / 60 / FPS
        self._motion_s += 0.5 / FPS
        self._frame += 1
        music = MusicState(
            t_s=t_s,
            silent=False,
            level=0.8,
            bpm=bpm,
            confidence=0.9 if bpm else 0.0,
            arousal=arousal,
            beat_count=int(self._beats),
            bar_count=int(self._beats / 4),
            bar_phase=self._beats / 4 % 1.0,
            section_count=minute,
        )
        terms = self.terms
        direction = self._director.step(
            t_s, music, have_next=have_next, urgent=urgent, calm=terms.calm, hold=terms.hold
        )
        state = SceneState(energy=energy, motion_s=self._motion_s)
        return Moment(t_s, music, direction, self._casting.step(music, state, direction, terms, dt_s=1 / FPS))


def come_on(moments: list[Moment]) -> list[Moment]:
    """The moments at which another scene comes on."""
    return [
        now for before, now in pairwise(moments) if now.cast.scene and now.cast.scene != before.cast.scene
    ]


def begun(moments: list[Moment]) -> list[Moment]:
    """The last moments of each scene at its full presence."""
    return [now for before, now in pairwise(moments) if before.cast.presence == 1.0 > now.cast.presence]


@pytest.fixture(scope="module")
def hour() -> list[Moment]:
    return Evening().play(3600)


def test_scenes_change_on_bar_lines_alone_or_together_with_the_picture(hour: list[Moment]) -> None:
    changes = begun(hour)
    assert len(changes) > 60
    for each in changes:
        assert each.direction.bar_line or not each.music.bpm
        assert each.direction.begin_transition or each.direction.fade == 0.0


def test_a_scene_stays_sixteen_bars_and_half_of_that_only_at_a_new_section(hour: list[Moment]) -> None:
    early = 0
    for one, other in pairwise(come_on(hour)):
        stay = sum(
            each.direction.bar_line / 16 if each.music.bpm else 1 / FPS / 45
            for each in hour[round(one.t_s * FPS) : round(other.t_s * FPS)]
        )
        new_section = other.t_s % 60 < 6 + 2 * 2.7  # it is new for 6 s, then a bar line comes, and the easing
        assert stay >= (0.45 if new_section else 0.95)
        early += stay < 0.95
    assert early > 5


def test_scenes_are_exchanged_where_nothing_of_them_is_to_be_seen(hour: list[Moment]) -> None:
    assert {each.cast.presence for each in come_on(hour)} == {0.0}
    assert [each.cast.scene_s for each in come_on(hour)] == pytest.approx([1 / FPS] * len(come_on(hour)))


def test_no_change_is_a_hard_cut_in_calm_music_and_wild_music_takes_half_a_beat(hour: list[Moment]) -> None:
    def steepest(minute: int) -> float:
        there = [each for each in hour if each.t_s // 60 % 4 == minute and each.t_s % 60 > 12]
        return max(abs(b.cast.presence - a.cast.presence) for a, b in pairwise(there) if b.t_s - a.t_s < 0.15)

    assert steepest(0) < 1.5 * (1 / FPS) / 0.8
    assert steepest(3) < 1.5 * (1 / FPS) / 0.8  # without a beat
    assert steepest(2) > 0.4


def test_scenes_and_transitions_fit_the_music_of_the_last_seconds(hour: list[Moment]) -> None:
    for each in come_on(hour):
        if each.t_s % 60 > 20:
            part = {0: "calm", 1: "lively", 2: "wild"}.get(int(each.t_s // 60 % 4))
            assert part is None or each.cast.name.startswith(part)
    calm = {m.cast.transition_name for m in hour if m.t_s // 60 % 4 == 0 and m.t_s % 60 > 20}
    wild = {m.cast.transition_name for m in hour if m.t_s // 60 % 4 == 2 and m.t_s % 60 > 20}
    assert calm == {"mist", "ink", ""}
    assert wild == {"slices", "burn", ""}


def test_nothing_comes_twice_in_a_row_and_all_that_fits_has_its_turn(hour: list[Moment]) -> None:
    names = [each.cast.name for each in come_on(hour)]
    assert all(one != other for one, other in pairwise(names))
    assert set(names) == {each.name for each in ALL.scenes}
    for part in ("calm", "lively", "wild"):
        turns = [count for name, count in Counter(names).items() if name.startswith(part)]
        assert max(turns) <= 2 * min(turns)
    fades = [each.cast.transition_name for each in hour if each.direction.begin_transition]
    assert all(one != other for one, other in pairwise(fades))
    assert "" not in fades


def test_the_same_seed_casts_alike_and_another_one_differently(hour: list[Moment]) -> None:
    length = 600 * FPS
    assert [each.cast for each in Evening().play(600)] == [each.cast for each in hour[:length]]
    other = come_on(Evening(seed=2).play(600))
    assert [each.cast.name for each in other] != [each.cast.name for each in come_on(hour[:length])]


def test_what_is_on_and_what_comes_next_is_wanted_all_the_time(hour: list[Moment]) -> None:
    for before, now in pairwise(hour):
        wanted = [each.key for each in before.cast.wanted]
        assert len(wanted) == len(set(wanted))
        if before.cast.scene:
            assert wanted[0] == before.cast.scene
        if now.cast.scene and now.direction.bar_line:
            assert now.cast.scene in wanted


def test_a_scene_that_cannot_be_drawn_yet_is_waited_for() -> None:
    evening = Evening()
    evening.terms = Terms(ALL, frozenset())
    waiting = evening.play(40)
    assert {each.cast.scene for each in waiting} == {""}
    assert {each.cast.transition for each in waiting} == {""}
    first = waiting[-1].cast.wanted[0]
    evening.terms = Terms(ALL, frozenset({first.key}))
    assert evening.play(1)[0].cast.scene == first.key
    alone = evening.play(120)
    assert {each.cast.scene for each in alone} == {first.key}
    following = next(each for each in alone[-1].cast.wanted if each in ALL.scenes and each != first)
    evening.terms = Terms(ALL, frozenset({first.key, following.key}))
    assert come_on(evening.play(40))[0].cast.scene == following.key


def test_scenes_that_are_too_dear_stay_away_and_one_that_has_become_so_leaves_early() -> None:
    evening = Evening(moods=((0.5, 0.45, 120.0),))
    first = evening.play(10)[-1].cast.name
    roster = Roster(tuple(replace(s, cost=3.0 if s.name == first else 1.0) for s in ALL.scenes), FADES)
    evening.terms = Terms(roster, KEYS, cost_limit=2.0)
    played = evening.play(300)
    assert come_on(played)[0].t_s < 8 * 2.0 + 2.0 + 1.0
    assert first not in {each.cast.name for each in come_on(played)}


@pytest.mark.parametrize("cost", [1.0, 9.0])
def test_a_pinned_scene_comes_on_the_next_bar_line_and_stays(cost: float) -> None:
    evening = Evening()
    pinned = staged("pinned", cost=cost)
    keys = KEYS | {pinned.key}
    evening.play(20)
    roster = Roster((*ALL.scenes, pinned), FADES)
    evening.terms = Terms(roster, keys, cost_limit=2.0, pinned="pinned")
    played = evening.play(400)
    assert [each.cast.name for each in come_on(played)] == ["pinned"]
    assert come_on(played)[0].t_s < 20 + 4 * 60 / 90 + 2.1
    evening.terms = Terms(ALL, KEYS, pinned="there is no such scene")
    assert len({each.cast.name for each in come_on(evening.play(240))}) > 3


def test_held_the_scene_stays_with_the_picture() -> None:
    evening = Evening()
    evening.play(20)
    evening.terms = Terms(ALL, KEYS, hold=True)
    assert come_on(evening.play(240)) == []


def test_a_scene_whose_file_has_changed_gives_way_once_it_can_be_drawn_through_a_short_dip() -> None:
    evening = Evening(moods=((0.25, 0.3, 90.0),))
    before = evening.play(6)[-1].cast
    assert before.presence == 1.0
    changed = tuple(staged(s.name, 0.0, 0.45, version=2) if s.key == before.scene else s for s in CALM)
    evening.terms = Terms(Roster(changed, FADES), KEYS)
    waiting = evening.play(3)
    assert {(each.cast.scene, each.cast.presence) for each in waiting} == {(before.scene, 1.0)}
    assert f"{before.name}-2" in {each.key for each in waiting[-1].cast.wanted}
    evening.terms = Terms(Roster(changed, FADES), KEYS | {f"{before.name}-2"})
    dip = evening.play(1)
    assert come_on([waiting[-1], *dip])[0].cast.presence == 0.0
    assert (dip[-1].cast.scene, dip[-1].cast.presence) == (f"{before.name}-2", 1.0)


def test_a_scene_that_was_put_aside_eases_out_and_another_eases_in() -> None:
    evening = Evening(moods=((0.25, 0.3, 90.0),))
    before = evening.play(6)[-1].cast
    left = Roster(tuple(each for each in CALM if each.key != before.scene), FADES)
    evening.terms = Terms(left, KEYS)
    after = evening.play(6)
    falling = [each.cast.presence for each in after if each.cast.scene == before.scene]
    assert len(falling) > 0.7 * FPS
    assert falling == sorted(falling, reverse=True)
    assert after[-1].cast.name not in ("", before.name)
    evening.terms = Terms(Roster((), FADES), KEYS)
    assert evening.play(4)[-1].cast.scene == ""


def test_what_the_engine_has_lost_eases_in_when_it_can_be_drawn_again() -> None:
    evening = Evening(moods=((0.25, 0.3, 90.0),))
    on = evening.play(6)[-1].cast.scene
    evening.terms = Terms(ALL, frozenset())
    assert {(each.cast.scene, each.cast.presence) for each in evening.play(2)} == {(on, 0.0)}
    evening.terms = Terms(ALL, KEYS)
    back = [each.cast.presence for each in evening.play(3)]
    assert 0.0 < back[0] < 0.1
    assert back[-1] == 1.0


@pytest.mark.parametrize(("calm", "expected"), [(False, {"slices", "burn"}), (True, {""})])
def test_a_person_who_waits_gets_a_quick_transition_and_in_calm_the_plain_one(
    *, calm: bool, expected: set[str]
) -> None:
    evening = Evening(moods=((0.2, 0.3, 90.0),))
    evening.play(5)
    evening.terms = Terms(ALL, KEYS, calm=calm)
    names = []
    for _ in range(4):
        names += [
            m.cast.transition_name for m in evening.play(3, urgent=True) if m.direction.begin_transition
        ]
    assert len(names) == 4
    assert set(names) == expected


def test_the_drift_of_a_scene_is_that_of_the_motion_since_it_came_on() -> None:
    evening = Evening()
    cast = evening.play(20)[-1].cast
    assert cast.scene_s > 10
    assert cast.drift_s == pytest.approx(0.5 * cast.scene_s, abs=0.1)


def test_in_time_all_there_is_is_wanted_so_that_none_is_late(hour: list[Moment]) -> None:
    few, all_of_them = hour[2 * FPS].cast.wanted, hour[60 * FPS].cast.wanted
    assert len(few) <= 6
    assert {each.key for each in all_of_them} == {each.key for each in (*ALL.scenes, *ALL.transitions)}


def test_the_first_scene_is_a_cheap_one_where_there_is_one() -> None:
    dear = tuple(replace(each, cost=2.5) for each in CALM)
    for scenes, expected in (
        (dear + LIVELY, {each.name for each in LIVELY}),
        (dear, {each.name for each in dear}),
    ):
        evening = Evening()
        evening.terms = Terms(Roster(scenes, FADES), KEYS, cost_limit=3.0)
        assert evening.play(5)[-1].cast.name in expected
