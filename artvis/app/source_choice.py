"""Composition of the list of sources over a show, whose choice is remembered in the settings file.

It shows nothing; the list of the command line is in `listening_sources`.
"""

from collections.abc import Callable, Mapping

from artvis import settings as files
from artvis.audio import sources
from artvis.audio.meters import SourceMeters
from artvis.errors import SettingsError
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
        notice = remembered(chosen, home, environ)
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


def remembered(spec: str, home: Home, environ: Mapping[str, str]) -> Notice | None:
    """Writes the choice into the settings file; what a person should know where it will not count.

    A file is for this show alone: without it the next one could not start.
    """
    if spec.startswith("file:"):
        return None
    try:
        files.set_value(home, SETTING, spec)
    except SettingsError as error:
        return Notice("warning", "source-forgotten", f"The choice is for this show only: {error}")
    variable = files.variable_of(SETTING)
    if variable in environ:
        text = f"{variable} is set, and decides at the next start."
        return Notice("info", "source-variable", text)
    return None
