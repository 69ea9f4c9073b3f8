"""What a show measured, as the JSON object of `show --report`."""

from typing import Any, Protocol

from artvis.pipeline.alignment import Alignment
from artvis.pipeline.painting import Studio
from artvis.pipeline.showing import Showing
from artvis.pipeline.showlibrary import ShowLibrary
from artvis.pipeline.sound import Sound
from artvis.scene.flashguard import FlashRecord


class Measured(Protocol):
    """The parts of a show that count what they do."""

    sound: Sound
    showing: Showing
    library: ShowLibrary
    studio: Studio
    flashes: FlashRecord

    def alignment(self) -> Alignment: ...


def alignment_ms(alignment: Alignment) -> dict[str, float]:
    """The delays in milliseconds, and what is made of them: above 0 is drawn ahead, below 0 the picture waits."""
    parts = {
        "capture_ms": alignment.capture_s,
        "analysis_ms": alignment.analysis_s,
        "output_ms": alignment.output_s,
        "display_ms": alignment.display_s,
        "offset_ms": alignment.offset_s,
        "applied_ms": alignment.applied_s,
    }
    return {name: round(1e3 * seconds, 1) for name, seconds in parts.items()}


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
        "alignment": alignment_ms(show.alignment()),
        "analysis": {"hops": hearing.hops, "hop_ms_p99": hearing.hop_ms_p99},
        "beats": hearing.beats,
        "artworks_shown": show.showing.wall.shown_count,
        "asked_to_frame_ms": [round(1e3 * each, 1) for each in show.showing.hand_overs_s[:1000]],
        "artworks_made": show.studio.made,
        "impressions": show.library.impressions,
        "provider_errors": show.studio.errors,
        "flash": {"limited_frames": show.flashes.limited_frames, "max_per_s": show.flashes.max_per_s},
        "workers_cpu_s": round(workers_cpu_s, 3),
        "notices": notices_of(show.showing),
    }


def notices_of(showing: Showing) -> list[dict[str, str]]:
    """What was said so far."""
    return [{"code": each.code, "text": each.text} for each in showing.notices]
