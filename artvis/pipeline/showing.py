"""The stage's half of the path: events in, one `StageFrame` a video frame out.

It decides which picture comes next and answers commands; it draws nothing (`render`) and waits for nothing.
Used by one thread: the one that draws.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from artvis.audio.hearing import Hearing
from artvis.model.artwork import Picture, QueueEntry
from artvis.model.command import Command
from artvis.model.music import MusicState
from artvis.model.notice import Notice
from artvis.pipeline import events
from artvis.pipeline.events import Mailbox, StageEvent
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.loading import Loader
from artvis.pipeline.notices import NoticeBoard
from artvis.pipeline.overlay import OverlayState
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.wall import Hung, Wall
from artvis.queue.policy import QueueView
from artvis.scene.director import Direction, Director
from artvis.scene.state import SceneState, advance
from artvis.scene.uniforms import Uniforms, uniforms

RECONCILE_AFTER_S = 2.0
LOOK_FOR_OTHERS_S = 1.0
KEPT_PICTURES = 6
REMEMBERED = 500


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


@dataclass(frozen=True, slots=True)
class ShowingPorts:
    """The collaborators of `Showing`."""

    heard: Latest[Heard]
    mailbox: Mailbox[StageEvent]
    stock: Latest[Stock]
    library: ShowLibrary
    loader: Loader
    order: Callable[[Callable[[Hearing], None]], None]
    """Hands an order to the listening side (tap, resync …)."""
    now_s: Callable[[], float]
    """The clock that `tick` is called with: a key comes between two ticks."""
    source_title: Callable[[], str] = str


class Showing:
    """Ticks once a video frame. All of it runs on the thread that draws."""

    def __init__(self, ports: ShowingPorts, *, built_in: Picture) -> None:
        self._ports = ports
        self._view = QueueView()
        self._director = Director()
        self._board = NoticeBoard()
        self._pictures: dict[str, Picture] = {}
        self._stored: dict[str, QueueEntry] = {}  # what the library can give again, bytes and all
        self._requested: set[str] = set()
        self._painting: dict[str, str] = {}
        self._votes: dict[str, int] = {}
        self._owed_votes: dict[str, int] = {}  # on a picture that is not in the library yet
        self._next: QueueEntry | None = None
        self._stale = True
        self._urgent = False
        self._read_due_s: float | None = 0.0
        self._look_due_s = 0.0
        self._asked = 0
        self._held = self._blackout = self._calm = False
        self._scene = SceneState()
        self._now_s = 0.0
        self._awaited: tuple[str, float] | None = None
        self.hand_overs_s: list[float] = []
        """From the hand-over of a picture that was asked for to the first frame that shows it."""
        self.wall = Wall(built_in)
        self.hidden = False

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that were shown."""
        return self._board.all

    def tick(self, now_s: float, dt_s: float, *, held: frozenset[str]) -> StageFrame:
        """One video frame at `now_s`; `held` are the pictures that the engine can draw now."""
        self._now_s = now_s
        for event in self._ports.mailbox.drain():
            self._take(event, now_s)
        self._keep_in_step_with_library(now_s)
        self._choose(now_s)
        self.wall.upgrade(held)
        music = self._ports.heard.get().at(now_s)
        direction = self._direct(now_s, music, held)
        self._scene = advance(self._scene, music, dt_s=dt_s, motion=direction.motion, blackout=self._blackout)
        self.wall.note_impressions(self._ports.library, now_s, music)
        self._ports.stock.set(Stock(self._view.unseen_ahead(), self._asked, self.hidden))
        return StageFrame(self._uniforms(now_s, dt_s, music, direction), self._wanted(), self._overlay(music))

    def stop(self) -> None:
        """Takes everything down, so that durations are complete."""
        self.wall.leave(self._ports.library, self._now_s)

    # -- events ----------------------------------------------------------------------------------------

    def _take(self, event: StageEvent, now_s: float) -> None:
        match event:
            case events.PaintingBegan(artwork_id, what):
                self._painting[artwork_id] = what
                self._view.placeholder_begun(artwork_id)
            case events.PaintingFailed(artwork_id):
                self._painting.pop(artwork_id, None)
                self._view.placeholder_rolled_back(artwork_id)
            case events.ArtworkReady(picture, entry, asked, at_s):
                self._receive(picture, entry, asked=asked, now_s=now_s)
                if asked:
                    self._awaited = (picture.id, at_s)
            case events.ArtworkRefined(picture, entry):
                self._remember((entry,))
                self._painting.pop(picture.id, None)
                self._pictures[picture.id] = picture
                self.wall.refine(picture)
                if picture.id in self._owed_votes:
                    self._ports.library.vote(picture.id, self._owed_votes.pop(picture.id))
            case events.QueueRead(version, entries):
                mended = self._view.library_read(version, entries)
                self._remember(entries)
                self._stale = self._stale or bool(mended) or self._next is None
            case events.PictureLoaded(artwork_id, picture):
                self._loaded(artwork_id, picture)
            case events.VoteTakenBack(artwork_id):
                self._vote_taken_back(artwork_id)
            case events.NoticeRaised(notice):
                self._board.put(notice, now_s)

    def _receive(self, picture: Picture, entry: QueueEntry, *, asked: bool, now_s: float) -> None:
        if not picture.refining:
            self._painting.pop(picture.id, None)
        self._pictures[picture.id] = picture
        self._remember((entry,))
        self._view.handed_over(entry)
        self._stale = True
        self._urgent = self._urgent or asked
        self._read_due_s = now_s + RECONCILE_AFTER_S

    def _remember(self, entries: Iterable[QueueEntry]) -> None:
        for entry in entries:
            if entry.sha256:
                self._stored.pop(entry.id, None)
                self._stored[entry.id] = entry
        while len(self._stored) > REMEMBERED:
            del self._stored[next(iter(self._stored))]

    def _loaded(self, artwork_id: str, picture: Picture | None) -> None:
        self._requested.discard(artwork_id)
        if picture is not None:
            self._pictures.setdefault(artwork_id, picture)
            return
        self._view.vote(artwork_id, -1)  # its file is gone: it cannot be shown
        self._stale = True

    def _vote_taken_back(self, artwork_id: str | None) -> None:
        if artwork_id is not None:
            self._votes.pop(artwork_id, None)
            self._view.vote(artwork_id, 0)
            self._read_due_s = self._now_s

    def _keep_in_step_with_library(self, now_s: float) -> None:
        """Reads the queue 2 s after each change of ours, and soon after another process has changed it."""
        if now_s >= self._look_due_s:
            self._look_due_s = now_s + LOOK_FOR_OTHERS_S / 2
            if self._ports.library.others_wrote():
                self._read_due_s = now_s
        if self._read_due_s is not None and now_s >= self._read_due_s:
            self._read_due_s = None
            self._ports.library.read_queue(self._view.ask_read(now_s))

    # -- what comes next -------------------------------------------------------------------------------

    def _choose(self, now_s: float) -> None:
        if self.wall.incoming is not None:
            return
        if self._stale or self._next is None:
            self._stale = False
            chosen = self._view.choose(now_s)
            if chosen is not None and chosen.id == self.wall.current.picture.id:
                chosen = None
            self._next = chosen
        if self._next is None or self._next.id in self._pictures or self._next.id in self._requested:
            return
        entry = self._stored.get(self._next.id)
        if entry is not None:
            self._requested.add(entry.id)
            self._ports.loader.request(entry)

    def _direct(self, now_s: float, music: MusicState, held: frozenset[str]) -> Direction:
        following = self._next
        ready = (
            following is not None
            and following.id in self._pictures
            and self._pictures[following.id].key in held
        )
        urgent = ready and (
            self._urgent or self.wall.current.entry is None
        )  # the built-in picture only waits
        direction = self._director.step(
            now_s, music, have_next=ready, urgent=urgent, calm=self._calm, hold=self._held
        )
        if direction.begin_transition and following is not None:
            self._begin(following, now_s)
        if direction.fade_done:
            self.wall.settle(self._ports.library, now_s)
            self._forget_old_pictures()
        return direction

    def _begin(self, entry: QueueEntry, now_s: float) -> None:
        self.wall.bring_in(self._pictures[entry.id], entry, now_s, self._scene)
        self._view.shown(entry.id, now_s)
        self._next, self._stale, self._urgent = None, True, False
        if self._awaited is not None and self._awaited[0] == entry.id:
            self.hand_overs_s.append(now_s - self._awaited[1])
            self._awaited = None
        self._read_due_s = now_s + RECONCILE_AFTER_S

    def _forget_old_pictures(self) -> None:
        needed = {picture.id for picture in self._wanted()}
        for artwork_id in list(self._pictures)[:-KEPT_PICTURES]:
            if artwork_id not in needed and artwork_id in self._stored:
                del self._pictures[artwork_id]

    def _wanted(self) -> tuple[Picture, ...]:
        following = self._pictures.get(self._next.id) if self._next else None
        hung = [h for h in (self.wall.incoming, self.wall.current) if h is not None]
        return (
            *([following] if following else ()),
            *(h.picture for h in hung),
            *(h.better for h in hung if h.better is not None),
        )

    # -- commands --------------------------------------------------------------------------------------

    def command(self, command: Command) -> str:
        """Carries out what a person asks; the answer is shown at once."""
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
        }
        act = acts.get(command)
        return act() if act is not None else self._conduct(command)

    def _never_again(self) -> str:
        answer = self._vote(-1, "Never again")
        self._urgent = True
        return answer

    def _take_back_vote(self) -> str:
        self._ports.library.take_back_vote()
        return "Vote taken back"

    def _following(self) -> str:
        self._urgent = True
        return "Next picture" if self._next else "Next picture, as soon as there is one"

    def _paint(self) -> str:
        self._asked += 1
        return "Painting a new picture"

    def _hold(self) -> str:
        self._held = not self._held
        return "Held" if self._held else "Going on"

    def _black_out(self) -> str:
        self._blackout = not self._blackout
        return "" if self._blackout else "Back"

    def _calm_down(self) -> str:
        self._calm = not self._calm
        return "Calm" if self._calm else "Calm off"

    def _conduct(self, command: Command) -> str:
        """Commands to the beat, at the moment of audio that is heard now."""
        t_s = self._ports.heard.get().audio_time_s(self._ports.now_s())
        match command:
            case Command.TAP:
                self._ports.order(lambda hearing: hearing.tap(t_s))
                return "Tap"
            case Command.RESYNC:
                self._ports.order(lambda hearing: hearing.resync(t_s))
                return "This is one"
            case Command.HALVE_TEMPO:
                self._ports.order(lambda hearing: hearing.scale(0.5))
                return "Half tempo"
            case Command.DOUBLE_TEMPO:
                self._ports.order(lambda hearing: hearing.scale(2.0))
                return "Double tempo"
            case _:
                return ""

    def _vote(self, value: int, answer: str) -> str:
        hung = self.wall.facing
        if hung.entry is None:
            return "The first picture is already on its way"
        self._votes[hung.entry.id] = value
        self._view.vote(hung.entry.id, value)
        if hung.picture.refining and hung.better is None:
            self._owed_votes[hung.entry.id] = value
        else:
            self._ports.library.vote(hung.entry.id, value)
        self._read_due_s = self._now_s + RECONCILE_AFTER_S
        if value < 0:
            self._stale = True
        return answer

    def _previous(self) -> str:
        if not self.wall.history or self.wall.incoming is not None:
            return "No earlier picture"
        hung = self.wall.history.pop()
        if hung.entry is None:
            return "No earlier picture"
        self._pictures.setdefault(hung.picture.id, hung.picture)
        self._next, self._stale, self._urgent = hung.entry, False, True
        return "Previous picture"

    # -- the frame -------------------------------------------------------------------------------------

    def _uniforms(self, now_s: float, dt_s: float, music: MusicState, direction: Direction) -> Uniforms:
        incoming = self.wall.incoming
        return uniforms(
            now_s=now_s,
            dt_s=dt_s,
            state=self._scene,
            music=music,
            direction=direction,
            current=self.wall.current.on_stage,
            incoming=incoming.on_stage if incoming else None,
        )

    def _overlay(self, music: MusicState) -> OverlayState:
        facing = self.wall.facing
        artwork_id = facing.entry.id if facing.entry else ""
        return OverlayState(
            level=music.level,
            source_title=self._ports.source_title(),
            bpm=music.bpm,
            confidence=music.confidence,
            key=music.key,
            silent=music.silent,
            painting=self._what_is_painted(),
            notices=self._board.standing(self._now_s),
            artwork_title=facing.picture.title,
            artwork_id=artwork_id,
            vote=self._vote_of(facing),
            held=self._held,
            blackout=self._blackout,
            calm=self._calm,
            why=facing.entry.reasons if facing.entry else (),
            palette=facing.picture.palette,
        )

    def _what_is_painted(self) -> str:
        what = next(reversed(self._painting.values()), "")
        return f"painting … {what}" if what else ""

    def _vote_of(self, hung: Hung) -> int:
        return self._votes.get(hung.picture.id, hung.entry.vote) if hung.entry else 0
