"""What tests share: a home of their own, the command line, a screen, a sound server, and an eye on threads."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import imageserver
import pytest
import sessionbus
import soundserver
import xvfb
from commandline import Ran, RunArtvis

THREAD_END_S = 2.0


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """Fail the test that leaves a thread behind, by the thread's name."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and _is_ours(thread)]
    for thread in left:
        thread.join(THREAD_END_S)
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail(f"threads left running: {', '.join(names)}")


def _is_ours(thread: threading.Thread) -> bool:
    # Python makes up a thread object for a foreign thread (Qt, PortAudio) that called it, and never drops it.
    return not isinstance(thread, threading._DummyThread)


@pytest.fixture
def artvis_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; in this process and in every command that the test runs."""
    for name in list(os.environ):
        if name.startswith("ARTVIS_"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("ARTVIS_HOME", str(home))
    return home


@pytest.fixture
def run_artvis(artvis_home: Path) -> RunArtvis:
    """`run_artvis("config", "path", env={...}, timeout=20)`: the command line in a process of its own."""

    def run(*words: str | Path, env: Mapping[str, str] | None = None, timeout: float = 60) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "artvis", *map(str, words)],
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def display() -> Iterator[dict[str, str]]:
    """A screen of 1280x720 with OpenGL, for this process and all that it starts."""
    with xvfb.running("1280x720") as env:
        before = {name: os.environ.get(name) for name in env}
        os.environ.update(env)
        yield env
        _end_qt()  # before its X server ends, or Qt ends the process
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _end_qt() -> None:
    gui = sys.modules.get("PySide6.QtGui")
    application = gui.QGuiApplication.instance() if gui else None
    if application is not None:
        application.shutdown()


@pytest.fixture(scope="session")
def qapp_args(display: dict[str, str]) -> list[str]:
    """Qt in this process draws on the tests' own screen."""
    return ["artvis"]


@pytest.fixture
def sound_server() -> Iterator[soundserver.SoundServer]:
    """A private sound server, started; the address of its socket has to be short."""
    with tempfile.TemporaryDirectory(prefix="artvis-sound-") as folder:
        server = soundserver.SoundServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def session_bus() -> Iterator[sessionbus.SessionBus]:
    """A private session bus on which players can be started; what still runs is ended."""
    with tempfile.TemporaryDirectory(prefix="artvis-bus-") as folder:
        bus = sessionbus.SessionBus(Path(folder))
        bus.start()
        yield bus
        bus.end_all()


@pytest.fixture
def image_server() -> Iterator[imageserver.ImageServer]:
    """A server that speaks the OpenAI Images API on loopback, with a picture for everyone who asks."""
    with imageserver.ImageServer() as server:
        yield server
