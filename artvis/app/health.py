"""What the command `doctor` finds out: whether sound, graphics, Qt, folders and image back ends work here.

It repairs nothing and calls no network. Whatever may crash a process is tried in a child process.
"""

import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from artvis import paths
from artvis.app import nowplaying, probes, soundhealth
from artvis.app.checks import Check
from artvis.model.sections import Settings

LOW_DISK_BYTES, LEAST_DISK_BYTES = 2_000_000_000, 200_000_000
SETUP = "run scripts/setup, which installs what is missing"


def checks(settings: Settings, home: paths.Home, environ: Mapping[str, str]) -> Iterator[Check]:
    """Each check as soon as it is done."""
    yield python()
    yield graphics()
    yield qt()
    yield display(environ)
    yield from soundhealth.sound(settings.audio.source, home.cache)
    yield fonts()
    yield folder("data folder", home.data)
    yield folder("cache folder", home.cache)
    yield folder("log folder", home.logs)
    yield disk(home.data)
    yield from providers(settings, environ)
    yield nowplaying.check(settings.now_playing, environ)


def versions() -> list[str]:
    """Python, Qt and, where there is one, OpenGL."""
    lines = [f"Python {platform.python_version()}", f"Qt {importlib.metadata.version('PySide6-Essentials')}"]
    drawn = probes.in_child(probes.graphics, timeout_s=5.0)
    return [*lines, f"OpenGL {drawn.text}"] if drawn.good else lines


def python() -> Check:
    return Check("ok", "python", f"{platform.python_version()} at {sys.executable}")


def graphics() -> Check:
    found = probes.in_child(probes.graphics)
    if found.good:
        return Check("ok", "graphics", f"OpenGL {found.text}")
    return Check("fail", "graphics", f"no OpenGL 3.3 without a window: {found.text}", SETUP)


def qt() -> Check:
    found = probes.in_child(probes.qt)
    if found.good:
        return Check("ok", "qt", f"Qt {found.text}")
    return Check("fail", "qt", found.text, SETUP)


def display(environ: Mapping[str, str]) -> Check:
    if sys.platform == "linux" and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return Check(
            "warn", "display", "there is none, so no window", "artvis render makes films without one"
        )
    found = probes.in_child(probes.display)
    if found.good:
        return Check("ok", "display", found.text)
    return Check("fail", "display", f"no window can be opened: {found.text}", SETUP)


def fonts() -> Check:
    found = probes.in_child(probes.fonts)
    if found.good:
        return Check("ok", "fonts", found.text)
    return Check("fail", "fonts", found.text, SETUP)


def folder(what: str, path: Path) -> Check:
    """Whether files can be made in `path`, or in the nearest folder above it that exists; makes no folder."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(path)):
            return Check("ok", what, f"{path} can be written")
    except OSError as problem:
        means = f"{path} cannot be written: {problem.strerror}"
        return Check("fail", what, means, "give it to yourself, or set ARTVIS_HOME to a folder of yours")


def disk(path: Path) -> Check:
    free_bytes = shutil.disk_usage(_nearest(path)).free
    means = f"{free_bytes / 1e9:.1f} GB are free for the library"
    action = "make room, or set ARTVIS_HOME to a larger disk"
    if free_bytes < LEAST_DISK_BYTES:
        return Check("fail", "disk", means, action)
    return Check("warn", "disk", means, action) if free_bytes < LOW_DISK_BYTES else Check("ok", "disk", means)


def _nearest(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def providers(settings: Settings, environ: Mapping[str, str]) -> Iterator[Check]:
    """Whether each image back end could paint; calls none. One that is not to paint may lack what it likes."""
    from artvis.prompt.compose import size_of  # 60 ms, of numpy
    from artvis.providers.catalogue import back_end_of, back_ends

    paints = back_end_of(settings.art.provider, settings.providers, settings.network)
    for back_end in back_ends(settings.providers, environ, size_of(settings.art.size)):
        wanted = back_end.name == paints
        use = "it paints" if wanted else f"not in use (--provider {back_end.name})"
        price = "costs nothing" if back_end.price_usd == 0.0 else "price unknown"
        if back_end.price_usd:
            price = f"about ${back_end.price_usd:.3f} a picture"
        if back_end.configured:
            yield Check("ok", back_end.name, f"{use}; {back_end.model}, {price}")
        elif wanted:
            yield Check("warn", back_end.name, "it is to paint and cannot", back_end.missing)
        else:
            yield Check("ok", back_end.name, "not in use", back_end.missing)
