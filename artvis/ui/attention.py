"""When the overlay is awake; pure arithmetic on times that are handed in."""

OPENING_S = 6.0
STAYS_S = 3.0
TITLE_S = 5.0
SONG_S = 6.0
ANSWER_S = 1.8


class Attention:
    """The overlay is awake for 6 s at the start of a show and for 3 s after each sign of life."""

    def __init__(self) -> None:
        self._awake_until_s: float | None = None
        self._title_until_s = 0.0
        self._answer_until_s = 0.0
        self._title = ""
        self._song_until_s = 0.0
        self._song = ("", "")

    def begin(self, now_s: float) -> None:
        """The show is on screen; does nothing when called again."""
        if self._awake_until_s is None:
            self._awake_until_s = now_s + OPENING_S

    def stir(self, now_s: float) -> None:
        self._awake_until_s = max(self._awake_until_s or 0.0, now_s + STAYS_S)

    def answer(self, now_s: float) -> None:
        self._answer_until_s = now_s + ANSWER_S

    def title(self, identity: str, now_s: float) -> None:
        """Which picture is named now; a new one is named for 5 s."""
        if identity != self._title:
            self._title = identity
            self._title_until_s = now_s + TITLE_S

    def song(self, track: tuple[str, str], now_s: float) -> None:
        """What plays now; a new track is named for 6 s, and one that went on after a pause is not."""
        if track != self._song:
            self._song = track
            self._song_until_s = now_s + SONG_S

    def awake(self, now_s: float) -> bool:
        return self._awake_until_s is not None and now_s < self._awake_until_s

    def names_title(self, now_s: float) -> bool:
        return now_s < self._title_until_s

    def names_song(self, now_s: float) -> bool:
        return now_s < self._song_until_s

    def answers(self, now_s: float) -> bool:
        return now_s < self._answer_until_s
