"""When pictures change, and how lively everything moves: on the bar where there is a beat, else by the clock.

It does not choose the picture; it only learns whether there is a next one that can be drawn at once.
"""

from dataclasses import dataclass, replace
from math import exp

from artvis.model.music import BEAT_CONFIDENCE_MIN, MusicState
from artvis.palette.drama import drama

STAY_BARS = 8
FIRST_STAY_BARS = 4
STAY_WITHOUT_BEAT_S = 20.0
STAY_AT_MOST_S = 40.0
FIRST_STAY_AT_MOST_S = 8.0
LOST_S = 2.0
"""A beat that is unsure for less than this is waited for: nothing begins off its grid."""
SHORTEST_BAR = 0.7
"""Of a bar: what is shorter is none."""
SLACK_S = 0.05
"""A bar that ends so little after the longest stay still ends within it."""
URGENT_FADE_S = 0.6
CALM_URGENT_FADE_S = 1.2
WELCOME_FADE_S = 1.8
"""From the picture that only waits for another to the first one: at once, but without haste."""
HURRY_S = 0.2
"""A fade that is in the way of an urgent one ends within this time."""
ACCENT, ACCENT_S = 0.1, 0.02
"""So much of a fade that begins on a bar line comes with the beat itself; a rise that is slow from its start is felt
only a third of a second later."""
HEAD_START_S = 1 / 60
"""The first frame of a fade shows it as far as one frame later: its weight is never 0."""


@dataclass(frozen=True, slots=True)
class Direction:
    begin_transition: bool = False
    """The next picture comes in from this very frame on: `fade` is its weight already."""
    fade: float = 0.0
    """Weight of the incoming picture, 0..1; 0 when there is none."""
    fade_done: bool = False
    """The incoming picture is now the only one; `fade` is 0 again, and is meant after that swap."""
    motion: float = 0.25
    """How lively camera, warp and trail are, 0..1; calm is not in it yet."""
    bar_line: bool = False
    """This frame is the first one of a bar."""
    turn: bool = False
    """A scene may change now too: with the picture, or half way between two."""
    urgent: bool = False
    """The transition that begins is one that a person waits for."""


@dataclass(frozen=True, slots=True)
class _Fade:
    began_s: float
    length_s: float
    urgent: bool
    hurried: bool = False
    accented: bool = False


class Director:
    """Called once a video frame; times come in as arguments, so it runs as well on a film's clock."""

    def __init__(self, *, begins_with_built_in: bool = True) -> None:
        # The first artwork stays short, so that a newcomer sees a change soon; so does what stands before it.
        self._short_stays = 2 if begins_with_built_in else 1
        self._since_s: float | None = None
        self._stayed_s = 0.0
        self._bars = 0
        self._fade: _Fade | None = None
        self._bar: int | None = None
        self._bar_line_s = self._beat_s = -LOST_S

    def step(
        self,
        now_s: float,
        music: MusicState,
        *,
        have_next: bool,
        urgent: bool,
        calm: bool,
        hold: bool,
        waiting: bool = False,
    ) -> Direction:
        """One video frame. `have_next`: another picture can be drawn at once.

        `urgent` stays true until the transition has begun. `hold` keeps this picture, but for an urgent wish.
        `waiting`: what hangs only waits for another.
        """
        since_s = self._since_s = now_s if self._since_s is None else self._since_s
        bar_line = self._pass_bar_line(now_s, music)
        half_way = self._pass_half_way(now_s, now_s - since_s, bar_line=bar_line)
        told = Direction(motion=liveliness(music), bar_line=bar_line, turn=half_way)
        if self._fade is not None:
            return self._go_on(self._fade, now_s, told, hurry=urgent and have_next)
        due = not hold and self._is_due(now_s, now_s - since_s, music, bar_line=bar_line)
        if not (have_next and (urgent or due or waiting)):
            return told
        length_s = WELCOME_FADE_S if waiting else fade_length_s(music, calm=calm)
        if urgent:
            length_s = CALM_URGENT_FADE_S if calm else URGENT_FADE_S
        accented = bar_line and not calm
        fade = self._fade = _Fade(began_s=now_s, length_s=length_s, urgent=urgent, accented=accented)
        self._since_s, self._stayed_s, self._bars = now_s, 0.0, 0
        self._short_stays = max(0, self._short_stays - 1)
        turn = not (urgent or waiting)
        return replace(told, begin_transition=True, fade=_weight(fade, now_s), turn=turn, urgent=urgent)

    def _go_on(self, fade: _Fade, now_s: float, told: Direction, *, hurry: bool) -> Direction:
        if hurry and not (fade.urgent or fade.hurried):
            fade = self._fade = _hurried(fade, now_s)
        weight = _weight(fade, now_s)
        if weight < 1.0:
            return replace(told, fade=weight, turn=False)
        self._fade = None
        return replace(told, fade_done=True)

    def _pass_bar_line(self, now_s: float, music: MusicState) -> bool:
        """True on the first frame of a bar.

        One too soon after another only mends that one: bars are not more for being told where they begin.
        """
        before, self._bar = self._bar, music.bar_count
        if not has_beat(music):
            return False
        self._beat_s = now_s
        passed = before is not None and music.bar_count != before
        if not passed or now_s - self._bar_line_s < SHORTEST_BAR * _bar_s(music):
            return False
        self._bar_line_s = now_s
        self._bars += 1
        return True

    def _pass_half_way(self, now_s: float, stayed_s: float, *, bar_line: bool) -> bool:
        """Whether half of the usual stay, or a multiple of it, is over with this frame."""
        before_s, self._stayed_s = self._stayed_s, stayed_s
        if now_s - self._beat_s >= LOST_S:
            half_s = STAY_WITHOUT_BEAT_S / 2
            return stayed_s // half_s > before_s // half_s
        return bar_line and self._bars % (STAY_BARS // 2) == 0

    def _is_due(self, now_s: float, stayed_s: float, music: MusicState, *, bar_line: bool) -> bool:
        short = self._short_stays > 0
        at_most_s = FIRST_STAY_AT_MOST_S if short else STAY_AT_MOST_S
        if now_s - self._beat_s >= LOST_S:
            return stayed_s >= (at_most_s if short else STAY_WITHOUT_BEAT_S)
        if not bar_line:
            return False
        bar_s = _bar_s(music)
        enough = self._bars >= (FIRST_STAY_BARS if short else STAY_BARS)
        # A beat that was found late has few bars counted; the time without one counts as well.
        found_late = stayed_s >= max(STAY_WITHOUT_BEAT_S, (STAY_BARS - 0.5) * bar_s)
        return enough or found_late or stayed_s + bar_s > at_most_s + SLACK_S


def liveliness(music: MusicState) -> float:
    """A slow drift in silence, full motion in loud and excited music."""
    if music.silent:
        return 0.25
    return min(1.0, 0.38 + 0.4 * drama(music.arousal) + 0.25 * max(music.bass, music.mid) * music.level)


def fade_length_s(music: MusicState, *, calm: bool) -> float:
    """4 to 8 beats, or 2 to 4 s without a beat; the more excited the music, the shorter."""
    wished_s = 4.0 if calm else 4.0 - 2.0 * drama(music.arousal)
    if not has_beat(music):
        return wished_s
    beat_s = 60.0 / music.bpm
    return beat_s * min(8, max(4, round(wished_s / beat_s)))


def has_beat(music: MusicState) -> bool:
    """Whether there is a beat that is sure enough to move by."""
    return music.confidence >= BEAT_CONFIDENCE_MIN and music.bpm > 0 and not music.silent


def _bar_s(music: MusicState) -> float:
    return music.beats_in_bar * 60.0 / music.bpm


def _hurried(fade: _Fade, now_s: float) -> _Fade:
    """The same fade, as far as it is now, with what is left of it done within HURRY_S."""
    done = min(1.0, (now_s - fade.began_s) / fade.length_s)
    length_s = min(fade.length_s, HURRY_S / max(0.05, 1.0 - done))
    began_s = now_s - done * length_s
    return _Fade(began_s, length_s, urgent=False, hurried=True, accented=fade.accented)


def _weight(fade: _Fade, now_s: float) -> float:
    done = min(1.0, (now_s - fade.began_s + HEAD_START_S) / fade.length_s)
    if fade.urgent:  # most of it at once: a key was pressed
        return 1.0 - (1.0 - done) ** 2
    # To be seen from its bar line on, and gentle at its end.
    weight = 0.5 * done + 0.5 * done * (2.0 - done)
    if not fade.accented:
        return weight
    accent = ACCENT * (1.0 - exp(-(now_s - fade.began_s + HEAD_START_S) / ACCENT_S))
    return accent + (1.0 - accent) * weight
