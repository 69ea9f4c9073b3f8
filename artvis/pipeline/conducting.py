"""What is painted next, and when, for one kind of back end.

It keeps what the pure decisions need to remember (`prompt.cadence`, `prompt.compose`); it paints nothing itself.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.pipeline.showing import Stock
from artvis.prompt.cadence import CadenceFacts, decide
from artvis.prompt.compose import Prompt, compose
from artvis.prompt.motif import without_own_words
from artvis.prompt.taste import UNTAUGHT, Taste
from artvis.prompt.wildcards import NO_LISTS, WordLists

REMEMBERED = 20  # (subject, medium) pairs that do not come again
TRACK_STRIDE = 7919  # a prime, so that the seeds of two tracks and their sections stay apart
FILLER_WAITS_S = 6.0


@dataclass(frozen=True, slots=True)
class Commission:
    """One picture to be painted."""

    prompt: Prompt
    asked: bool
    preview: bool
    """A person waits: half the size is shown as soon as it is there."""
    music: MusicState
    song: str = field(default="", repr=False)
    """The title of the song, where it may stand in a prompt and in the library."""
    plain: Prompt | None = field(default=None, repr=False)
    """The same without any words of the person or the song, for a back end that refuses them; None: it has none."""

    def in_plain_words(self) -> "Commission | None":
        """What is left to be asked for when the words of the person were refused; None: nothing."""
        return None if self.plain is None else replace(self, prompt=self.plain, song="", plain=None)


class Memory:
    """The last (subject, medium) pairs of this home, newest first; shared by all back ends of a show."""

    def __init__(self) -> None:
        self._pairs: tuple[tuple[str, str], ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return self._pairs

    def add(self, prompt: Prompt) -> None:
        self._pairs = ((prompt.subject, prompt.medium), *self._pairs)[:REMEMBERED]

    def add_older(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Pairs of earlier shows, newest first."""
        self._pairs = (*self._pairs, *pairs)[:REMEMBERED]


class Conductor:
    """Decides for one back end. `filler`: it paints the first picture, and later only when nothing else comes."""

    def __init__(
        self,
        preferences: ArtSection,
        *,
        seed: int,
        memory: Memory,
        offline: bool = True,
        paid: bool = False,
        filler: bool = False,
        song: Callable[[], str] = str,
        taste: Callable[[], Taste] = lambda: UNTAUGHT,
        lists: WordLists = NO_LISTS,
    ) -> None:
        """`song` gives the title of what plays, '' when none is known or may be used.

        `taste` is asked for each picture, so that a vote counts for the next one. `lists` are those that a template
        may name.
        """
        self._preferences = preferences
        self._seed = seed
        self._memory = memory
        self._offline = offline
        self._paid = paid
        self._filler = filler
        self._song = song
        self._taste = taste
        self._lists = lists
        self._asked = 0
        self._owed = 0
        self._owed_done = 0
        self._last_painter = ""
        self._painted = 0
        self._last_s: float | None = None
        self._last_music = MusicState()
        self._silent_since_s: float | None = None
        self._dry_since_s: float | None = None

    def owe(self) -> None:
        """A picture that another back end could not give is painted here, at once; called by its thread."""
        self._owed += 1

    def consider(self, now_s: float, music: MusicState, stock: Stock) -> Commission | None:
        """A commission, if it is time for one; called several times a second."""
        if not music.silent:
            self._silent_since_s = None
        elif self._silent_since_s is None:
            self._silent_since_s = now_s
        owed = self._owed
        asked = (stock.asked > self._asked and not self._filler) or owed > self._owed_done
        decision = decide(self._facts(now_s, music, stock, asked=asked))
        may = self._filler_may(now_s, stock) or owed > self._owed_done
        if not (decision.paint and may):
            return None
        self._asked = stock.asked
        first = self._last_s is None
        commission = self._commission(music, decision.reason, asked=asked, preview=first)
        self._last_s, self._last_music, self._owed_done = now_s, music, owed
        return commission

    def _facts(self, now_s: float, music: MusicState, stock: Stock, *, asked: bool) -> CadenceFacts:
        last = self._last_music
        return CadenceFacts(
            now_s=now_s,
            last_painted_s=self._last_s,
            paid=self._paid,
            silent_for_s=0.0 if self._silent_since_s is None else now_s - self._silent_since_s,
            unseen_fresh_ahead=stock.unseen_ahead,
            track_changed=music.track_count != last.track_count,
            section_changed=music.section_count != last.section_count,
            mood_change=math.hypot(music.valence - last.valence, music.arousal - last.arousal),
            asked=asked,
            hidden=stock.hidden,
        )

    def _filler_may(self, now_s: float, stock: Stock) -> bool:
        """A filler waits until nothing unseen has been ahead for a while."""
        if not self._filler or self._last_s is None:
            return True
        if stock.unseen_ahead > 0:
            self._dry_since_s = None
            return False
        if self._dry_since_s is None:
            self._dry_since_s = now_s
        return now_s - max(self._dry_since_s, self._last_s) >= FILLER_WAITS_S

    def _commission(self, music: MusicState, reason: str, *, asked: bool, preview: bool) -> Commission:
        preferences, taste = self._preferences, self._taste()
        song = self._song() if preferences.use_song_text else ""

        def composed(preferences: ArtSection) -> Prompt:
            prompt = compose(
                music,
                preferences,
                song=song,
                history=self._memory.pairs,
                seed=self._seed + TRACK_STRIDE * music.track_count,
                offline=self._offline,
                last_painter=self._last_painter if self._offline else "",
                number=self._painted,
                taste=taste,
                lists=self._lists,
            )
            return replace(prompt, reasons=(f"painted because {reason}", *prompt.reasons))

        prompt, plain = composed(preferences), None
        if not self._offline:
            plain = composed(without_own_words(preferences))
            plain = None if plain.positive == prompt.positive else plain
        self._memory.add(prompt)
        self._last_painter = prompt.painter
        self._painted += 1
        return Commission(prompt, asked=asked, preview=preview or asked, music=music, song=song, plain=plain)
