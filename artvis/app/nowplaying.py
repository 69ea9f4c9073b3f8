"""What plays by the word of players, in a show: which inputs are asked, and whom the answer reaches.

Nothing is imported, opened or started unless `now_playing.use` is on; titles are kept in memory alone.
"""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from artvis.app.checks import Check
from artvis.audio.hearing import Hearing
from artvis.model.notice import Notice
from artvis.model.nowplaying import NowPlaying
from artvis.model.sections import NowPlayingSection
from artvis.pipeline.latest import Latest

if TYPE_CHECKING:
    from artvis.nowplaying.listener import Input, NowPlayingListener, Tell
    from artvis.nowplaying.policy import Settled


class Playing:
    """Begins a track in the hearing when players say so, and knows what may be shown and used of it."""

    def __init__(
        self,
        section: NowPlayingSection,
        *,
        environ: Mapping[str, str],
        order: Callable[[Callable[[Hearing], None]], bool],
        on_notice: Callable[[Notice], None],
    ) -> None:
        """`order` hands something to do to the listening thread."""
        self._section = section
        self._environ = environ
        self._order = order
        self._on_notice = on_notice
        self._now = Latest(NowPlaying())
        self._listener: NowPlayingListener | None = None

    def start(self) -> None:
        if self._section.use:
            from artvis.nowplaying.listener import NowPlayingListener  # asyncio: 40 ms

            self._listener = NowPlayingListener(self._inputs(), on_change=self._take)
            self._listener.start()

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()

    def title(self) -> str:
        """The title of what plays now, '' when that is not known."""
        now = self._now.get()
        return now.title if now.playing else ""

    def shown(self) -> NowPlaying:
        """What plays, as far as it may stand on the screen."""
        return self._now.get() if self._section.show else NowPlaying()

    def _take(self, settled: "Settled") -> None:
        self._now.set(settled.now)
        if settled.track_changed:
            self._order(Hearing.track_changed)

    def _inputs(self) -> "list[Input]":
        """Each imports what it needs when it runs, on the thread of the listener."""
        inputs: list[Input] = []
        if sys.platform == "linux":
            inputs.append(self._ask_mpris)
        elif sys.platform == "win32":
            inputs.append(_ask_smtc)
        if self._section.file:
            inputs.append(self._watch_file)
        if self._section.http_port:
            inputs.append(self._take_posts)
        return inputs

    async def _ask_mpris(self, tell: "Tell") -> None:
        from artvis.nowplaying import mpris

        await mpris.listen(tell, self._environ)

    async def _watch_file(self, tell: "Tell") -> None:
        from artvis.nowplaying import textfile

        await textfile.watch(tell, self._section.file)

    async def _take_posts(self, tell: "Tell") -> None:
        from artvis.nowplaying import post

        await post.serve(tell, self._section.http_port, self._on_notice)


def check(section: NowPlayingSection, environ: Mapping[str, str]) -> Check:
    """The line of `doctor`: whether players can be asked, and which are there. Titles are not asked for."""
    what = "now playing"
    if not section.use:
        return Check("ok", what, "off; nobody is asked what plays", "artvis config set now_playing.use true")
    more = [f"the file {section.file}"] if section.file else []
    more += [f"posts to port {section.http_port}"] if section.http_port else []
    if sys.platform != "linux":
        return Check("ok", what, ", ".join(more) or "on")
    import asyncio  # 70 ms with dbus-fast

    from artvis.nowplaying import mpris
    from artvis.sessionbus import NO_BUS

    try:
        there = asyncio.run(mpris.players(environ))
    except NO_BUS:
        hint = "start artvis inside the desktop session, or name a file with now_playing.file"
        return Check("ok" if more else "warn", what, ", ".join(["no session bus to ask", *more]), hint)
    return Check("ok", what, ", ".join([f"players: {', '.join(there) or 'none now'}", *more]))


async def _ask_smtc(tell: "Tell") -> None:
    from artvis.nowplaying import smtc

    await smtc.listen(tell)
