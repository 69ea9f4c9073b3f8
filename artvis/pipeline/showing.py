"""The stage's half of the path: events in, one `StageFrame` a video frame out.

It decides which picture comes next and answers commands; it draws nothing (`render`) and waits for nothing.
Used by one thread: the one that draws.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from artvis.audio.hearing import Hearing
from artvis.model.artwork import Picture, QueueEntry
from artvis.model.command import Command
from artvis.model.music import MusicState
from artvis.model.notice import Notice
from artvis.model.nowplaying import NowPlaying
from artvis.pipeline import events
from artvis.pipeline.alignment import Alignment, SteadyBeat
from artvis.pipeline.ballot import Ballot
from artvis.pipeline.beatkeys import BeatKeys
from artvis.pipeline.events import Mailbox, StageEvent
from artvis.pipeline.history import History
from artvis.pipeline.instep import InStep
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import Loader
from artvis.pipeline.notices import NoticeBoard
from artvis.pipeline.overlay import OverlayState
from artvis.pipeline.playlist import Playlist
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.sourcechooser import SourceChooser
from artvis.pipeline.wall import Wall
from artvis.scene.casting import PLAIN, Casting, Terms
from artvis.scene.director import Direction, Director
from artvis.scene.isf.document import StagedScene
from artvis.scene.roster import Roster
from artvis.scene.state import SceneState, advance
from artvis.scene.uniforms import Uniforms, uniforms

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the painting thread must know of the stage."""

    unseen_ahead: int = 0
    asked: int = 0
    """Grows by one when a person asks for a new picture."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class StageFrame:
    """All that one video frame needs."""

    uniforms: Uniforms
    wanted: tuple[Picture, ...]
    """Pictures that the engine must hold, most urgent first."""
    overlay: OverlayState
    scenes: tuple[StagedScene, ...] = ()
    """Scenes and transitions that the engine must have, most urgent first."""


@dataclass(frozen=True, slots=True)
class ShowingPorts:
    """The collaborators of `Showing`."""

    heard: Latest[Heard]
    mailbox: Mailbox[StageEvent]
    stock: Latest[Stock]
    library: ShowLibrary
    loader: Loader
    order: Callable[[Callable[[Hearing], None]], bool]
    """Hands an order to the listening side (tap, resync …); False when nothing listens yet."""
    now_s: Callable[[], float]
    """The clock that `tick` is called with: a key comes between two ticks."""
    source_title: Callable[[], str] = str
    alignment: Callable[[], Alignment] = Alignment
    """The delays as they are now; a film has none."""
    now_playing: Callable[[], NowPlaying] = NowPlaying
    """What plays, as far as it may be shown."""
    chooser: SourceChooser | None = None
    """The list of sources; None where the source cannot be changed."""
    roster: Callable[[], Roster] = Roster
    """The scenes and transitions that there are now."""
    scene: str = ""
    """The name of the scene that a person has pinned; '': the music chooses."""
    seed: int = 0
    """Of the choice of scenes and transitions: the same music with the same seed chooses the same."""
    reduced_motion: Callable[[], bool] = bool
    """The system asks for little motion: all is as in calm, and nothing pulses with the beat."""


class Showing:
    """Ticks once a video frame. All of it runs on the thread that draws."""

    def __init__(self, ports: ShowingPorts, *, built_in: Picture) -> None:
        self._ports = ports
        self._playlist = Playlist(ports.loader)
        self._in_step = InStep(ports.library, self._playlist.view)
        self._history = History()
        self._ballot = Ballot(ports.library)
        self._director = Director()
        self._casting = Casting(seed=ports.seed)
        self._board = NoticeBoard()
        self._painting: dict[str, str] = {}
        self._urgent = False
        self._asked = 0
        self.held = self.blackout = self.calm = False
        self._scene = SceneState()
        self._beat = SteadyBeat()
        self._beat_keys = BeatKeys(ports.order, self._beat)
        self._now_s = 0.0
        self._awaited: tuple[str, float] | None = None
        self.hand_overs_s: list[float] = []
        """From the hand-over of a picture that was asked for to the first frame that shows it."""
        self.cast = PLAIN
        """The scene and the transition of the last frame."""
        self.wall = Wall(built_in)
        self.hidden = False

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that were shown, or would have been with the next frame."""
        return self._board.all

    def tick(
        self,
        now_s: float,
        dt_s: float,
        *,
        held: frozenset[str],
        playable: frozenset[str] = frozenset(),
        cost_limit: float = inf,
    ) -> StageFrame:
        """One video frame at `now_s`; `held` are the pictures that the engine can draw now, `playable` the scenes.

        `cost_limit`: how dear a scene this machine has room for, as a multiple of the plainest one's cost.
        """
        self._now_s = now_s
        self._take_events(now_s)
        self._in_step.step(now_s)
        self._playlist.choose(now_s, hanging=self.wall.facing.picture.id)
        self.wall.upgrade(held)
        music = self._beat.step(self._ports.heard.get().at(now_s + self._ports.alignment().picture_s))
        calm = self.calm or self._ports.reduced_motion()
        terms = Terms(self._ports.roster(), playable, cost_limit, self._ports.scene, calm, self.held)
        direction = self._move(now_s, dt_s, music, held, terms)
        self.wall.note_impressions(self._ports.library, dt_s, music)
        self._ports.stock.set(Stock(self._playlist.view.unseen_ahead(), self._asked, self.hidden))
        incoming = self.wall.incoming
        drawn = uniforms(
            now_s=now_s,
            dt_s=dt_s,
            state=self._scene,
            music=music,
            direction=direction,
            current=self.wall.current.on_stage,
            incoming=incoming.on_stage if incoming else None,
            cast=self.cast,
        )
        return StageFrame(drawn, self._wanted(), self._overlay(music, dt_s), self.cast.wanted)

    def _move(
        self, now_s: float, dt_s: float, music: MusicState, held: frozenset[str], terms: Terms
    ) -> Direction:
        """Pictures, motion and scene of one video frame."""
        direction = self._direct(now_s, music, held, calm=terms.calm)
        self._scene = advance(
            self._scene,
            music,
            dt_s=dt_s,
            motion=direction.motion,
            blackout=self.blackout,
            calm=terms.calm,
            pulses=not self._ports.reduced_motion(),
        )
        self.cast = self._casting.step(music, self._scene, direction, terms, dt_s=dt_s)
        return direction

    def stop(self) -> None:
        """Takes everything down, so that durations are complete; what was said after the last frame is noted too."""
        for event in self._ports.mailbox.drain():
            if isinstance(event, events.NoticeRaised):
                self._board.put(event.notice, self._now_s)
        self.wall.leave(self._ports.library)

    # -- events ----------------------------------------------------------------------------------------

    def _take_events(self, now_s: float) -> None:
        for event in self._ports.mailbox.drain():
            try:
                self._take(event, now_s)
            except Exception:  # the loop boundary of events: one that breaks must not take the others along
                log.exception("an event was lost: %r", event)

    def _take(self, event: StageEvent, now_s: float) -> None:
        match event:
            case events.ArtworkReady():
                self._receive(event, now_s)
            case events.ArtworkRefined():
                self._refine(event)
            case events.PaintingBegan(artwork_id, what):
                self._painting[artwork_id] = what
                self._playlist.view.placeholder_begun(artwork_id)
            case events.PaintingFailed(artwork_id):
                self._painting.pop(artwork_id, None)
                self._playlist.view.placeholder_rolled_back(artwork_id)
            case events.QueueRead(version, entries):
                self._playlist.read(version, entries)
            case events.PictureLoaded(artwork_id, picture):
                self._playlist.loaded(artwork_id, picture)
            case events.VoteTakenBack(artwork_id, value):
                self._vote_taken_back(artwork_id, value)
            case events.NoticeRaised(notice):
                self._board.put(notice, now_s)

    def _receive(self, ready: events.ArtworkReady, now_s: float) -> None:
        if not ready.picture.refining:
            self._painting.pop(ready.picture.id, None)
        self._playlist.receive(ready.picture, ready.entry)
        self._in_step.changed(now_s)
        if ready.asked:
            self._urgent = True
            self._awaited = (ready.picture.id, ready.at_s)

    def _refine(self, refined: events.ArtworkRefined) -> None:
        artwork_id = refined.picture.id
        self._painting.pop(artwork_id, None)
        self._playlist.refine(refined.picture, refined.entry)
        self.wall.refine(refined.picture)
        self._ballot.complete(artwork_id)

    def _vote_taken_back(self, artwork_id: str, value: int) -> None:
        self._ballot.taken_back(artwork_id, value)
        self._playlist.vote(artwork_id, value)
        self._history.vote(artwork_id, value)
        self._in_step.ask_now(self._now_s)

    # -- what comes next -------------------------------------------------------------------------------

    def _direct(self, now_s: float, music: MusicState, held: frozenset[str], *, calm: bool) -> Direction:
        following = self._playlist.following()
        ready = following is not None and following[0].key in held
        direction = self._director.step(
            now_s,
            music,
            have_next=ready,
            urgent=ready and self._urgent,
            calm=calm,
            hold=self.held,
            waiting=self.wall.current.entry is None,
        )
        if direction.begin_transition and following is not None:
            self._begin(*following, now_s=now_s)
        if direction.fade_done:
            self.wall.settle(self._ports.library)
            self._playlist.forget_old([self.wall.current.picture.id])
        return direction

    def _begin(self, picture: Picture, entry: QueueEntry, *, now_s: float) -> None:
        self.wall.bring_in(picture, entry, self._scene)
        self._history.hung(entry)
        self._playlist.take(now_s)
        self._urgent = False
        self._in_step.changed(now_s)
        if self._awaited is not None and self._awaited[0] == entry.id:
            self.hand_overs_s.append(now_s - self._awaited[1])
            self._awaited = None

    def _wanted(self) -> tuple[Picture, ...]:
        following, wanted = self._playlist.following(), self.wall.pictures
        if len(wanted) == 1:  # so that Left is seen at once
            before = self._playlist.picture(self._history.previous(self._playlist.has))
            wanted += (before,) if before is not None else ()
        return (following[0], *wanted) if following else wanted

    # -- commands --------------------------------------------------------------------------------------

    def command(self, command: Command, *, at_s: float | None = None) -> str:
        """Carries out what a person asks; the answer is shown at once.

        `at_s` is when it was asked, on the clock of `tick`; None: now.
        """
        acts = {
            Command.LOVE: lambda: self._vote(1, "Loved"),
            Command.NEVER: self._never_again,
            Command.UNDO_VOTE: self._take_back_vote,
            Command.NEXT: self._following,
            Command.PREVIOUS: self._previous,
            Command.PAINT: self._paint,
            Command.HOLD: self._hold,
            Command.BLACKOUT: self._black_out,
            Command.CALM: self._calm_down,
            Command.SOURCES: self._list_sources,
        }
        act = acts.get(command)
        return act() if act is not None else self._conduct(command, at_s)

    def _never_again(self) -> str:
        answer = self._vote(-1, "Never again")
        self._urgent = True
        return answer

    def _take_back_vote(self) -> str:
        self._ports.library.take_back_vote()
        return "Taking back the last vote"

    def _following(self) -> str:
        """Forward again in what has hung, then on to new pictures."""
        self._go_to(self._history.forward(self._playlist.has))
        wait = self._urgent and not self._playlist.has_next
        return "Next picture, as soon as there is one" if wait else "Next picture"

    def _previous(self) -> str:
        entry = self._history.back(self._playlist.has)
        if entry is None:
            return "No earlier picture"
        self._go_to(entry)
        return "Previous picture"

    def _go_to(self, entry: QueueEntry | None) -> None:
        """At once to a picture of the history, or to what comes next; one that hangs already just stays."""
        hangs = entry is not None and entry.id == self.wall.facing.picture.id
        self._playlist.wish(None if hangs else entry)
        self._urgent = not hangs

    def _paint(self) -> str:
        self._asked += 1
        return "Painting a new picture"

    def _hold(self) -> str:
        self.held = not self.held
        return "Held" if self.held else "Going on"

    def _black_out(self) -> str:
        self.blackout = not self.blackout
        return "" if self.blackout else "Back"

    def _calm_down(self) -> str:
        self.calm = not self.calm
        return "Calm" if self.calm else "Calm off"

    def _list_sources(self) -> str:
        if self._ports.chooser is not None:
            self._ports.chooser.toggle()
        return ""

    def _conduct(self, command: Command, at_s: float | None) -> str:
        heard = self._ports.heard.get()
        moment_s = self._ports.now_s() if at_s is None else at_s
        t_s = heard.audio_time_s(moment_s + self._ports.alignment().ear_s)
        return self._beat_keys.carry_out(command, heard, t_s, just_now=at_s is None)

    def _vote(self, value: int, answer: str) -> str:
        hung = self.wall.facing
        if hung.entry is None:
            return "The first picture is already on its way"
        self._ballot.cast(hung, value)
        self._playlist.vote(hung.entry.id, value)
        self._history.vote(hung.entry.id, value)
        self._in_step.changed(self._now_s)
        return answer

    # -- the frame -------------------------------------------------------------------------------------

    def _overlay(self, music: MusicState, dt_s: float) -> OverlayState:
        facing = self.wall.facing
        artwork_id = facing.entry.id if facing.entry else ""
        painted = next(reversed(self._painting.values()), "")
        song = self._ports.now_playing()
        chooser = self._ports.chooser
        sources = chooser.seen() if chooser is not None else None
        return OverlayState(
            level=music.level,
            source_title=self._ports.source_title(),
            bpm=music.bpm,
            confidence=music.confidence,
            tempo_held=music.tempo_held,
            key=music.key,
            silent=music.silent,
            painting=f"painting … {painted}" if painted else "",
            notices=self._board.standing(self._now_s),
            artwork_title=facing.picture.title,
            artwork_id=artwork_id,
            vote=self._ballot.on(facing),
            held=self.held,
            blackout=self.blackout,
            calm=self.calm,
            why=facing.entry.reasons if facing.entry else (),
            palette=facing.picture.palette,
            song_title=song.title if song.playing else "",
            song_artist=song.artist if song.playing else "",
            said=chooser.said() if chooser is not None else "",
            sources=sources,
            source_levels=chooser.levels(dt_s, music.level) if chooser is not None and sources else (),
        )
