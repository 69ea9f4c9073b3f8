"""Composition of the list of sources over a show, whose choice is remembered in the settings file.

It shows nothing; the list of the command line is in `listening_sources`.
"""

from collections.abc import Callable, Mapping

from artvis.app.remembering import remembered
from artvis.audio import sources
from artvis.audio.meters import SourceMeters
from artvis.model.notice import Notice
from artvis.paths import Home
from artvis.pipeline.sound import Sound
from artvis.pipeline.sourcechooser import ChooserPorts, SourceChooser

SETTING = "audio.source"


def chooser(
    sound: Sound, spec: str, home: Home, environ: Mapping[str, str], tell: Callable[[Notice], None]
) -> SourceChooser:
    """The list over a show that was started with `spec`."""

    def remember(chosen: str) -> None:
        # A file is for this show alone: without it the next one could not start.
        notice = None if chosen.startswith("file:") else remembered(SETTING, chosen, home, environ)
        if notice is not None:
            tell(notice)

    return SourceChooser(
        ChooserPorts(
            look=sources.list_sources,
            meters=lambda: SourceMeters() if SourceMeters.available() else None,
            current=lambda: sound.source_id,
            spec=lambda: sound.spec,
            choose=lambda row: sound.choose(row.spec, remember),
            hears=sound.hears,
            file_spec=spec if spec.startswith("file:") else "",
        )
    )
