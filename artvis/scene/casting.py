"""Which scene is on, and by which transition the next picture comes in: chosen by the music, changed on its lines.

It compiles and draws nothing (`render`), and knows no files: scenes come as a `Roster`, what can be drawn as keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from artvis.model.music import MusicState
from artvis.palette.drama import CALM, VIOLENT
from artvis.scene.choice import Choice
from artvis.scene.director import Direction, has_beat
from artvis.scene.isf.document import StagedScene
from artvis.scene.roster import Roster
from artvis.scene.state import SceneState, follow

STAY_BARS = 16
STAY_WITHOUT_BEAT_S = 45.0
EARLY = 0.5
"""The part of a stay after which a new section, or a want of room, may end it."""
SECTION_S = 6.0
"""So long a section is new: one that began in the middle of a stay is no reason at its end."""
LEVEL_S = 6.0
"""The level is that of the last seconds: one fill or one rest changes nothing."""
WILD, LIVELY = 0.7, 0.35
"""From these levels on a scene eases within half a beat, and within one; below in two."""
SLOW_EASE_S, CALM_EASE_S, DIP_S = 2.0, 0.8, 0.25
"""The longest easing, the shortest one of calm music, and that of a scene whose file has changed."""
FIRST_LEVEL = 0.1
"""A show begins quietly, whatever plays: the picture is new, and a person looks at that first."""
FIRST_COST = 1.6
"""The first scene is none of the dear ones: what this machine has room for is not known yet."""
AHEAD_EVERY_S = 2.0
"""So often the engine is asked for one more of all that there are: none is late, and memory soon ceases to grow."""
QUICK = 1.0
"""What suits the wildest music is soonest over: from there comes the transition that a person waits for."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be cast in one video frame."""

    roster: Roster = field(default_factory=Roster)
    playable: frozenset[str] = frozenset()
    """Keys that the engine can draw now."""
    cost_limit: float = inf
    """A scene that is dearer comes on only where it is pinned."""
    pinned: str = ""
    """The name of the scene to keep; '' or one that is not there: the music chooses."""
    calm: bool = False
    hold: bool = False
    """The scene that is on stays."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What is on in one video frame."""

    scene: str = ""
    """The key of the scene; '' is the plain picture."""
    name: str = ""
    scene_s: float = 0.0
    drift_s: float = 0.0
    """Since the scene came on, by the clock of motion."""
    presence: float = 1.0
    """0..1; at 0 every scene is the plain picture: there they are exchanged."""
    transition: str = ""
    """The key of the transition by which the incoming picture comes in; '' is the plain one."""
    transition_name: str = ""
    wanted: tuple[StagedScene, ...] = ()
    """What the engine must have, most urgent first."""


PLAIN = Cast()


class Casting:
    """Called once a video frame, after the director. The same music and seed are cast alike."""

    def __init__(self, *, seed: int = 0) -> None:
        self._scenes, self._fades, self._quick_fades = (Choice(3 * seed + n) for n in range(3))
        self._level = FIRST_LEVEL
        self._current: StagedScene | None = None
        self._coming: StagedScene | None = None
        """What takes its place once it has eased out."""
        self._leaving = False
        self._shown = 0.0
        """How far the scene has eased in, before it is smoothed."""
        self._ease_s = SLOW_EASE_S
        self._stay = 0.0
        """The part of its stay that the scene has had; from 1 on it may go."""
        self._scene_s = self._since_motion_s = 0.0
        self._section, self._section_s = 0, inf
        self._fade: StagedScene | None = None
        self._age_s = 0.0

    def step(
        self, music: MusicState, state: SceneState, direction: Direction, terms: Terms, *, dt_s: float
    ) -> Cast:
        """One video frame of `dt_s`; `direction` and `state` are those of the same frame."""
        self._listen(music, state, direction, dt_s=dt_s, calm=terms.calm)
        self._choose_fade(direction, terms)
        pinned = _named(terms.roster.scenes, terms.pinned)
        room = tuple(each for each in terms.roster.scenes if each.cost <= terms.cost_limit)
        if self._current is None:
            room = tuple(each for each in room if each.cost <= FIRST_COST) or room
        following = self._scenes.ahead((pinned,) if pinned is not None else room, self._level)
        if following is not None and following.name == self._name:
            following = None
        if not self._leaving:
            self._consider(music, state, direction, terms, following, pinned)
        self._ease(state, terms, dt_s)
        self._scene_s += dt_s
        self._age_s += dt_s
        return self._cast(state, terms, following)

    @property
    def _name(self) -> str:
        return self._current.name if self._current is not None else ""

    def _listen(
        self, music: MusicState, state: SceneState, direction: Direction, *, dt_s: float, calm: bool
    ) -> None:
        # Nearly all music that is mastered is loud: what tells a lullaby from techno is how excited it is.
        excited = min(1.0, max(0.0, (music.arousal - CALM) / (VIOLENT - CALM)))
        target = state.energy * (0.1 + 0.9 * excited) * (0.5 if calm else 1.0)
        self._level = follow(self._level, target, dt_s=dt_s, attack_s=LEVEL_S, release_s=LEVEL_S)
        if has_beat(music):
            self._stay += direction.bar_line / STAY_BARS
        else:
            self._stay += dt_s / STAY_WITHOUT_BEAT_S
        self._section_s = 0.0 if music.section_count != self._section else self._section_s + dt_s
        self._section = music.section_count

    # -- the scene ---------------------------------------------------------------------------------------

    def _consider(
        self,
        music: MusicState,
        state: SceneState,
        direction: Direction,
        terms: Terms,
        following: StagedScene | None,
        pinned: StagedScene | None,
    ) -> None:
        """Lets the scene that is on go, if it is time; brings the first one on."""
        ready = following is not None and following.key in terms.playable
        if self._current is None:
            if ready and following is not None:
                self._come_on(following, state)
            return
        now = _named(terms.roster.scenes, self._current.name)
        if now is None:
            self._leave(following if ready else None, self._easing_s(music, calm=terms.calm))
        elif now.key == self._current.key:
            self._current = now  # what it costs is measured as it plays
        elif now.key in terms.playable:
            self._leave(now, DIP_S)
        if not self._leaving and ready and self._is_over(music, direction, terms, pinned=pinned is not None):
            self._leave(following, self._easing_s(music, calm=terms.calm))

    def _is_over(self, music: MusicState, direction: Direction, terms: Terms, *, pinned: bool) -> bool:
        if self._current is None or self._shown < 1.0:
            return False
        alone = direction.begin_transition or not direction.fade
        on_line = alone and (direction.bar_line or not has_beat(music))
        if pinned or terms.hold:
            return pinned and on_line
        if self._stay >= 1.0 and direction.turn:
            return True
        hurry = self._section_s < SECTION_S or self._current.cost > terms.cost_limit
        return hurry and self._stay >= EARLY and on_line

    def _easing_s(self, music: MusicState, *, calm: bool) -> float:
        if calm or not has_beat(music):
            return SLOW_EASE_S - self._level
        beats = 0.5 if self._level >= WILD else 1.0 if self._level >= LIVELY else 2.0
        shortest_s = CALM_EASE_S if self._level < LIVELY else 0.0
        return max(shortest_s, min(SLOW_EASE_S, beats * 60.0 / music.bpm))

    def _leave(self, coming: StagedScene | None, ease_s: float) -> None:
        self._coming, self._ease_s, self._leaving = coming, ease_s, True

    def _ease(self, state: SceneState, terms: Terms, dt_s: float) -> None:
        """One step of presence; at its lowest the scenes are exchanged."""
        if self._current is None:
            return
        if self._current.key not in terms.playable:
            self._shown = 0.0  # the engine has lost it, and draws the plain picture
        elif not self._leaving:
            self._shown = min(1.0, self._shown + dt_s / self._ease_s)
        if not self._leaving:
            return
        self._shown = max(0.0, self._shown - dt_s / self._ease_s)
        if self._shown > 0.0:
            return
        self._leaving = False
        there = {each.key for each in terms.roster.scenes}
        if self._coming is not None and self._coming.key in there & terms.playable:
            self._come_on(self._coming, state)
        elif self._current.key not in there:
            self._current = None

    def _come_on(self, scene: StagedScene, state: SceneState) -> None:
        if scene.name != self._name:
            self._scenes.take(scene.name)
            self._stay = 0.0
        self._current, self._shown = scene, 0.0
        self._scene_s, self._since_motion_s = 0.0, state.motion_s

    # -- the transition of pictures ----------------------------------------------------------------------

    def _choose_fade(self, direction: Direction, terms: Terms) -> None:
        if not direction.begin_transition:
            if direction.fade == 0.0:
                self._fade = None
            return
        choice, level = (self._quick_fades, QUICK) if direction.urgent else (self._fades, self._level)
        pool = _quick(terms) if direction.urgent else terms.roster.transitions
        able = [each for each in pool if each.key in terms.playable]
        ahead = choice.ahead(pool, level)
        settled = ahead is not None and ahead.key in terms.playable
        self._fade = ahead if settled else choice.pick(able, level)
        if self._fade is not None:
            self._fades.take(self._fade.name)
            self._quick_fades.take(self._fade.name)

    # -- the frame ---------------------------------------------------------------------------------------

    def _cast(self, state: SceneState, terms: Terms, following: StagedScene | None) -> Cast:
        shown = self._shown * self._shown * (3.0 - 2.0 * self._shown)
        wanted = (
            self._current,
            self._fade,
            _named(terms.roster.scenes, self._name),
            self._coming if self._leaving else None,
            following,
            self._fades.ahead(terms.roster.transitions, self._level),
            self._quick_fades.ahead(_quick(terms), QUICK),
            *(*terms.roster.scenes, *terms.roster.transitions)[: int(self._age_s / AHEAD_EVERY_S)],
        )
        return Cast(
            scene=self._current.key if self._current is not None else "",
            name=self._name,
            scene_s=self._scene_s if self._current is not None else 0.0,
            drift_s=state.motion_s - self._since_motion_s if self._current is not None else 0.0,
            presence=shown if self._current is not None else 1.0,
            transition=self._fade.key if self._fade is not None else "",
            transition_name=self._fade.name if self._fade is not None else "",
            wanted=tuple({each.key: each for each in wanted if each is not None}.values()),
        )


def _quick(terms: Terms) -> tuple[StagedScene, ...]:
    """Transitions that can be over within half a second without haste; in calm there are none but the plain one."""
    if terms.calm:
        return ()
    return tuple(each for each in terms.roster.transitions if each.document.casting.energy[1] >= WILD)


def _named(scenes: Iterable[StagedScene], name: str) -> StagedScene | None:
    return next((each for each in scenes if each.name == name), None)
