"""Where artvis keeps its files on this machine, and where its own resources lie.

It creates no folder and reads no file; whoever writes makes the folder first.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user: library and blobs, what can be made again, settings, logs, doors of running shows."""

    data: Path
    cache: Path
    config: Path
    logs: Path
    runtime: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def wildcards(self) -> Path:
        """Where a person puts lists of words for templates of their own."""
        return self.config / "wildcards"

    @property
    def scenes(self) -> Path:
        """Where a person puts scenes of their own."""
        return self.config / "scenes"


def home(environ: Mapping[str, str]) -> Home:
    """The folders of this user: under ARTVIS_HOME where it is set, else where the system keeps such files."""
    root = environ.get("ARTVIS_HOME")
    if root:
        base = Path(root).expanduser().absolute()
        return Home(
            data=base / "data",
            cache=base / "cache",
            config=base / "config",
            logs=base / "logs",
            runtime=base / "run",
        )
    dirs = platformdirs.PlatformDirs("artvis", appauthor=False)
    return Home(
        data=dirs.user_data_path,
        cache=dirs.user_cache_path,
        config=dirs.user_config_path,
        logs=dirs.user_log_path,
        runtime=_runtime(environ, dirs.user_data_path),
    )


def _runtime(environ: Mapping[str, str], data: Path) -> Path:
    """Where the system keeps sockets of this user, also for who comes by cron and has not been told."""
    if sys.platform == "linux":
        place = Path(environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
        if place.is_absolute() and place.is_dir():
            return place / "artvis"
    return data / "run"


def resource(*parts: str) -> Path:
    """The path of a file under resources/ of the frozen program, the checkout or an installed wheel."""
    return resource_folder().joinpath(*parts)


def resource_folder() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    checkout = Path(__file__).resolve().parents[1] / "resources"
    if checkout.is_dir():
        return checkout
    return Path(sys.prefix) / "share" / "artvis" / "resources"
