"""Which notices stand on the screen now; it words none of them."""

from artvis.model.notice import Notice

STANDS_S = 9.0
KEPT = 100
QUIET_S = 60.0  # the same code is said at most once in this time


class NoticeBoard:
    """Notices that stand for a while, each code at most once a minute but for answers. Used by one thread."""

    def __init__(self) -> None:
        self._standing: list[tuple[float, Notice]] = []
        self._said: dict[str, float] = {}
        self._all: list[Notice] = []

    @property
    def all(self) -> tuple[Notice, ...]:
        """The first hundred notices that were put up, in order."""
        return tuple(self._all)

    def put(self, notice: Notice, now_s: float) -> None:
        if notice.over or notice.answer:
            self._standing = [(since, each) for since, each in self._standing if each.code != notice.code]
        if notice.over:
            return
        if not notice.answer and now_s - self._said.get(notice.code, -QUIET_S) < QUIET_S:
            return
        self._said[notice.code] = now_s
        if len(self._all) < KEPT:
            self._all.append(notice)
        self._standing.append((now_s, notice))

    def standing(self, now_s: float) -> tuple[Notice, ...]:
        """What is to be read now, newest first, three at most."""
        self._standing = [(since, notice) for since, notice in self._standing if now_s - since < STANDS_S]
        return tuple(notice for _, notice in reversed(self._standing[-3:]))
