"""The one object that the live thread, `analyze` and the film share: sound in, music out.

It is fed hop by hop and hands out windows for the deep listener; it starts no process and knows no clock.
"""

from artvis.audio.deepresult import DeepResult, DeepWindow
from artvis.audio.deepwindow import DeepGatherer
from artvis.audio.features import FeatureExtractor
from artvis.audio.musicstate import MusicTracker
from artvis.model.music import MusicEvent, MusicState, Samples


class Hearing:
    """Everything that is heard of one stream of sound."""

    def __init__(self, *, deep: bool) -> None:
        """`deep`: whether windows for the deep listener are gathered."""
        self._features = FeatureExtractor()
        self._tracker = MusicTracker()
        self._gatherer = DeepGatherer() if deep else None

    def feed(self, hop: Samples) -> tuple[MusicState, tuple[MusicEvent, ...]]:
        """Hears `hop`, shape (512, 2), float32, 44,100 Hz."""
        if self._gatherer is not None:
            self._gatherer.step(hop)
        return self._tracker.advance(self._features.step(hop))

    def due_window(self) -> DeepWindow | None:
        """The window that the last hop completed (at 8, 16, 24 … s), for the deep listener; else None."""
        return self._gatherer.due() if self._gatherer is not None else None

    def deep_result(self, result: DeepResult) -> tuple[MusicEvent, ...]:
        """Takes what the deep listener found; its events are about now."""
        return self._tracker.hint(result)

    def track_changed(self) -> None:
        """A player says that a new track has begun; it begins with the next hop."""
        self._tracker.track_changed()
        if self._gatherer is not None:
            self._gatherer.begin_anew()

    def tap(self, t_s: float) -> None:
        """A tap at `t_s` seconds of audio; four make a tempo."""
        self._tracker.tap(t_s)

    def resync(self, t_s: float) -> None:
        """Beat one is at `t_s`."""
        self._tracker.resync(t_s)

    def scale(self, factor: float) -> None:
        """The tempo times `factor`: 2 doubles, 0.5 halves; until it is let go."""
        self._tracker.scale(factor)

    def hold_tempo(self) -> None:
        """Keeps the tempo as it is now, until it is let go."""
        self._tracker.hold_tempo()

    def release(self) -> None:
        """Lets go of what a person has said of the beat: the music alone is followed again."""
        self._tracker.release()
