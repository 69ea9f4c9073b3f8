import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from artvis.errors import ProviderError
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.painters import paint
from artvis.prompt.compose import Prompt, compose
from artvis.providers.painter import PainterProvider
from artvis.providers.provider import GeneratedImage, PreviewProvider

PROMPT = replace(compose(MusicState(), ArtSection(), history=(), seed=5, painter="horizon"), size=(160, 96))
LONG = replace(PROMPT, size=(2048, 1536))


@pytest.fixture
def provider() -> Iterator[PainterProvider]:
    provider = PainterProvider()
    yield provider
    provider.close()


def _generate(provider: PainterProvider, prompt: Prompt = PROMPT, *, seconds: float = 30.0) -> GeneratedImage:
    return provider.generate(prompt, deadline_s=seconds, idempotency_key="one")


def _pid(provider: PainterProvider) -> int:
    assert provider.worker_pid is not None
    return provider.worker_pid


def _is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_until(is_so: Callable[[], bool], seconds: float = 10.0) -> float:
    """Waits for what another process does; how long it took."""
    begun_s = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun_s < seconds
        threading.Event().wait(0.01)
    return time.monotonic() - begun_s


def test_the_worker_paints_what_the_painter_would_paint_here(provider: PainterProvider) -> None:
    image = _generate(provider)
    here = paint(PROMPT.painter, PROMPT.mood, PROMPT.palette, PROMPT.seed, PROMPT.size)
    assert (image.pixels == here).all()
    assert (image.provider, image.seed, image.cost_usd) == ("painter", PROMPT.seed, 0.0)
    assert provider.estimate_usd(PROMPT) == 0.0


def test_a_preview_has_half_the_size(provider: PainterProvider) -> None:
    assert isinstance(provider, PreviewProvider)
    assert provider.generate_preview(PROMPT).shape == (64, 80, 3)


def test_the_worker_steps_back_after_its_first_picture_and_its_cpu_time_is_known(
    provider: PainterProvider,
) -> None:
    provider.start()
    _generate(provider)
    _generate(provider)
    assert os.getpriority(os.PRIO_PROCESS, _pid(provider)) >= 10
    assert provider.workers_cpu_s > 0


def test_a_worker_that_is_killed_is_started_again_and_the_picture_comes(provider: PainterProvider) -> None:
    _generate(provider)
    first = _pid(provider)
    os.kill(first, signal.SIGKILL)
    assert _generate(provider).pixels.shape == (96, 160, 3)
    assert _pid(provider) != first


def test_a_worker_that_dies_twice_in_one_picture_is_a_server_fault(provider: PainterProvider) -> None:
    provider.start()
    done = threading.Event()

    def kill_every_worker() -> None:
        while not done.wait(0.02):
            pid = provider.worker_pid
            if pid is not None:
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_every_worker)
    killer.start()
    with pytest.raises(ProviderError) as caught:
        _generate(provider, LONG)
    done.set()
    killer.join()
    assert caught.value.kind == "server"


def test_what_cannot_be_painted_is_a_sentence_and_the_worker_goes_on(provider: PainterProvider) -> None:
    with pytest.raises(ProviderError) as caught:
        _generate(provider, replace(PROMPT, painter="nobody"))
    assert caught.value.kind == "request"
    pid = _pid(provider)
    assert _generate(provider).pixels.shape == (96, 160, 3)
    assert _pid(provider) == pid


def test_cancelling_ends_the_call_and_the_late_picture_is_not_taken_for_the_next(
    provider: PainterProvider,
) -> None:
    _generate(provider)
    timer = threading.Timer(0.1, provider.cancel)
    timer.start()
    with pytest.raises(ProviderError) as caught:
        _generate(provider, LONG)
    timer.join()
    assert caught.value.kind == "cancelled"
    assert _generate(provider).pixels.shape == (96, 160, 3)


def test_a_deadline_that_is_too_short_is_a_timeout(provider: PainterProvider) -> None:
    with pytest.raises(ProviderError) as caught:
        _generate(provider, LONG, seconds=0.05)
    assert caught.value.kind == "timeout"


def test_a_worker_that_hangs_is_ended_and_the_next_picture_comes(provider: PainterProvider) -> None:
    _generate(provider)
    hanging = _pid(provider)
    os.kill(hanging, signal.SIGSTOP)
    with pytest.raises(ProviderError) as refused:
        _generate(provider, seconds=0.2)
    assert refused.value.kind == "timeout"
    assert not _is_alive(hanging)
    assert _generate(provider).pixels.shape == (96, 160, 3)


def test_closing_ends_the_worker_within_a_second_and_for_good(provider: PainterProvider) -> None:
    provider.start()
    _generate(provider)
    pid = _pid(provider)
    begun_s = time.monotonic()
    provider.close()
    assert time.monotonic() - begun_s < 1
    assert not _is_alive(pid)
    provider.close()
    with pytest.raises(ProviderError) as caught:
        _generate(provider)
    assert caught.value.kind == "cancelled"


def test_a_picture_cannot_be_written_over(provider: PainterProvider) -> None:
    pixels = _generate(provider).pixels
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = np.zeros(3, np.uint8)


PARENT = """
import sys, threading, time
from dataclasses import replace
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.prompt.compose import compose
from artvis.providers.painter import PainterProvider

def main():
    provider = PainterProvider()
    if sys.argv[1] == "main":
        provider.start()
    else:
        thread = threading.Thread(target=provider.start)
        thread.start()
        thread.join()
    print(provider.worker_pid, flush=True)
    prompt = compose(MusicState(), ArtSection(), history=(), seed=1, painter="horizon")
    while True:
        provider.generate(replace(prompt, size=(2048, 2048)), deadline_s=60, idempotency_key="x")

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("thread", ["main", "other"])
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path, thread: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, script, thread], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        _wait_until(lambda: _cpu_ticks(pid) > 30)  # it is in the middle of a picture
        parent.kill()
    assert _wait_until(lambda: not _is_alive(pid)) < 1


def _cpu_ticks(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def test_the_worker_loads_neither_qt_nor_network_nor_sound() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, artvis.providers.paintworker, artvis.painters; print(' '.join(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"PySide6", "requests", "sqlite3", "av", "librosa", "sounddevice", "moderngl", "PIL"}


def test_the_provider_itself_is_light() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, artvis.providers.catalogue; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(done.stdout.split()) & {
        "PySide6",
        "requests",
        "sqlite3",
        "artvis.painters",
        "keyring",
        "PIL",
    }
