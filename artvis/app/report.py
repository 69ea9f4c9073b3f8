"""What a show measured, as the JSON object of `show --report`."""

from typing import Any, Protocol

from artvis.pipeline.painting import Studio
from artvis.pipeline.showing import Showing
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.sound import Sound


class Measured(Protocol):
    """The parts of a show that count what they do."""

    sound: Sound
    showing: Showing
    library: ShowLibrary
    studio: Studio


def show_report(show: Measured, frames: dict[str, Any], *, workers_cpu_s: float) -> dict[str, Any]:
    """`frames` is the window's part. Call it when everything has stopped, so that all counts are final."""
    stats, hearing = show.sound.stats(), show.sound.figures()
    return {
        **frames,
        "audio": {
            "source": show.sound.source_id,
            "blocks": stats.blocks,
            "dropped": stats.dropped,
            "gaps_over_100ms": stats.gaps_over_100ms,
            "reconnects": stats.reconnects,
            "latency_ms": stats.latency_ms,
        },
        "analysis": {"hops": hearing.hops, "hop_ms_p99": hearing.hop_ms_p99},
        "beats": hearing.beats,
        "artworks_shown": show.showing.wall.shown_count,
        "asked_to_frame_ms": [round(1e3 * each, 1) for each in show.showing.hand_overs_s[:1000]],
        "artworks_made": show.studio.made,
        "impressions": show.library.impressions,
        "provider_errors": show.studio.errors,
        "workers_cpu_s": round(workers_cpu_s, 3),
        "notices": [{"code": each.code, "text": each.text} for each in show.showing.notices],
    }
