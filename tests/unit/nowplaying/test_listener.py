"""The thread that asks: it starts, ends, and outlives an input that breaks."""

import asyncio
import logging
import threading

import pytest
from sessionbus import Notebook

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.listener import NowPlayingListener, Tell


async def speaks(tell: Tell) -> None:
    tell("a", NowPlaying("Title", playing=True))
    await asyncio.Event().wait()


async def breaks(tell: Tell) -> None:
    raise ValueError("Secret Title")


def test_an_input_that_breaks_leaves_the_others_and_no_title_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    notebook = Notebook()
    listener = NowPlayingListener([breaks, speaks], on_change=notebook.note)
    listener.start()
    assert notebook.until(lambda now: now.playing).title == "Title"
    listener.stop()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "an input that says what plays has ended: ValueError"
    ]
    assert "Title" not in caplog.text


def test_it_ends_at_once_whenever_it_is_stopped() -> None:
    listeners = [NowPlayingListener([speaks], on_change=lambda settled: None) for _ in range(50)]
    for listener in listeners:
        listener.start()
        listener.stop()
        listener.stop()
    NowPlayingListener([speaks], on_change=lambda settled: None).stop()
    assert "now-playing" not in {thread.name for thread in threading.enumerate()}


def test_what_plays_is_never_in_a_text_for_developers() -> None:
    now = NowPlaying("Title", "Artist", "Album", "https://example.org", source="mpris:mpv")
    assert repr(now) == "NowPlaying(position_s=None, playing=False, source='mpris:mpv')"
