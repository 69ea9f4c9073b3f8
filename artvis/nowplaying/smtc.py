"""What the media players of Windows play, by the System Media Transport Controls, through winrt-Windows.Media.Control.

Written against the package's own types and not run. It asks once a second rather than be called from WinRT's threads.
"""

import asyncio
from typing import Final

from winrt.windows.media.control import (
    GlobalSystemMediaTransportControlsSession as Session,
)
from winrt.windows.media.control import (
    GlobalSystemMediaTransportControlsSessionManager as Manager,
)
from winrt.windows.media.control import (
    GlobalSystemMediaTransportControlsSessionPlaybackStatus as Status,
)

from artvis.model.nowplaying import NowPlaying
from artvis.nowplaying.listener import Tell
from artvis.nowplaying.words import cleaned

ASK_S: Final = 1.0


async def listen(tell: Tell) -> None:
    """Tells until it is cancelled."""
    manager = await Manager.request_async()
    known: set[str] = set()
    while True:
        present = {f"smtc:{session.source_app_user_model_id}": session for session in manager.get_sessions()}
        for gone in known - present.keys():
            tell(gone, None)
        for name, session in present.items():
            tell(name, await _now(session, name))
        known = set(present)
        await asyncio.sleep(ASK_S)


async def _now(session: Session, name: str) -> NowPlaying | None:
    """What a session plays; None for one that has just ended, which WinRT says as an OSError."""
    try:
        track = await session.try_get_media_properties_async()
        playing = session.get_playback_info().playback_status == Status.PLAYING
        position_s = session.get_timeline_properties().position.total_seconds()
    except OSError:
        return None
    if track is None:
        return None
    return NowPlaying(
        cleaned(track.title),
        cleaned(track.artist),
        cleaned(track.album_title),
        position_s=position_s,
        playing=playing,
        source=name,
    )
