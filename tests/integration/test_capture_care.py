"""Live capture as a good neighbour: it gives the device back, shares it, counts losses, and keeps stderr clean."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from capturing import PATIENCE_S, Listen, Playing, on_both_servers, over
from soundserver import MAIN, SECOND, SoundServer

from artvis.audio.capture import PortAudioStream
from artvis.audio.devices import Wish
from artvis.audio.live import Rung
from artvis.audio.meters import SourceMeters
from artvis.audio.parec import ParecStream
from artvis.audio.sources import open_source
from artvis.pipeline.latest import Latest
from artvis.pipeline.listening import Heard
from artvis.pipeline.sound import Sound

pytestmark = pytest.mark.sound

PROGRAM = """
import json, sys
from artvis.audio.ring import Ring
from artvis.audio.sources import open_source
said = []
source = open_source(sys.argv[1])
source.start(Ring(), said.append)
for _ in sys.stdin:
    words = {"id": source.id, "blocks": source.stats().blocks, "said": [notice.text for notice in said]}
    print(json.dumps(words), flush=True)
source.stop()
"""


class Program:
    """Another process that listens, as `artvis show` does."""

    def __init__(self, spec: str = "auto", **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, spec],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **env},
        )

    def state(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def await_blocks(self, more: int = 20) -> dict[str, Any]:
        begun = self.state()["blocks"]
        end_s = time.monotonic() + PATIENCE_S
        while (state := self.state())["blocks"] < begun + more:
            assert time.monotonic() < end_s, state
            threading.Event().wait(0.02)
        return state

    def end(self) -> str:
        """What it has printed on stderr."""
        out, err = self.process.communicate(timeout=PATIENCE_S)
        assert (out, self.process.returncode) == ("", 0)
        return err

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


@pytest.fixture
def program() -> Iterator[Callable[..., Program]]:
    """Starts programs; those that still run are ended."""
    started: list[Program] = []

    def start(spec: str = "auto", **env: str) -> Program:
        started.append(Program(spec, **env))
        return started[-1]

    yield start
    for one in started:
        one.kill()


Start = Callable[..., Program]


def _until(condition: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(600):
        if condition():
            return
        waiting.wait(0.02)
    raise AssertionError("it did not come")


@on_both_servers
@pytest.mark.parametrize("rung", [PortAudioStream, ParecStream])
def test_a_source_that_is_paused_leaves_nothing_on_the_server_and_comes_back(
    server: SoundServer, playing: Playing, listen: Listen, rung: Rung
) -> None:
    ears = listen(over(rung))
    ears.await_tone(MAIN)
    assert len(server.recorders()) == 1
    ears.source.pause()
    ears.await_true(lambda: server.recorders() == {}, "release")
    clients = server.pactl("list", "short", "clients")
    assert "artvis" not in clients, clients
    blocks = ears.source.stats().blocks
    threading.Event().wait(0.3)
    assert ears.source.stats().blocks == blocks
    ears.source.resume()
    ears.forget()
    ears.await_tone(MAIN)
    stats = ears.source.stats()
    assert (stats.gaps_over_100ms, stats.reconnects, ears.said) == (0, 0, [])


def test_a_paused_source_hears_the_default_of_the_time_when_it_is_resumed(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen()
    ears.await_tone(MAIN)
    ears.source.pause()
    ears.await_true(lambda: server.recorders() == {}, "release")
    server.default(SECOND)
    ears.source.resume()
    ears.await_true(lambda: ears.source.id == f"system:{SECOND}", SECOND)
    ears.await_tone(SECOND)


def test_a_show_that_nobody_sees_gives_the_device_back_and_takes_it_again(
    server: SoundServer, playing: Playing
) -> None:
    sound = Sound("system", heard=Latest(Heard()), on_notice=lambda _: None, deep=None, rest_after_s=0.1)
    sound.start()
    try:
        _until(lambda: sound.hears("system"))
        sound.set_watched(False)
        _until(lambda: server.recorders() == {})
        blocks = sound.stats().blocks
        sound.set_watched(True)
        _until(lambda: sound.stats().blocks > blocks + 20)
        assert len(server.recorders()) == 1
    finally:
        sound.stop()


@on_both_servers
def test_a_server_that_hangs_is_noticed_and_heard_again_when_it_goes_on(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen()
    ears.await_tone(MAIN)
    server.freeze()
    assert "keeps trying" in ears.await_notice("audio-lost").text
    server.thaw()
    ears.await_notice("audio-back")
    ears.forget()
    ears.await_tone(MAIN)
    assert ears.source.stats().reconnects <= 1


def test_a_recorder_whose_output_has_gone_is_ended_and_not_left_on_the_default_microphone(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    server.pactl(
        "load-module", "module-remap-source", f"master={SECOND}.monitor", "source_name=bluez_input.x"
    )
    server.pactl("set-default-source", "bluez_input.x")
    ears = listen()
    ears.await_tone(MAIN)
    (before,) = server.recorders()
    server.unplug(MAIN)
    ears.await_tone(SECOND)
    ears.await_true(lambda: list(server.recorders().values()) == [f"{SECOND}.monitor"], SECOND)
    assert before not in server.recorders()
    assert ears.said == []


def test_the_meter_of_an_output_that_goes_is_ended_before_anybody_looks_again(
    server: SoundServer, playing: Playing
) -> None:
    both = {f"{MAIN}.monitor", f"{SECOND}.monitor"}
    meters = SourceMeters()

    def recorded() -> list[str]:
        meters.heed(0.01)
        return sorted(server.recorders().values())

    def metered() -> dict[str, float]:
        meters.watch(both)
        return meters.levels(0.01)

    try:
        meters.watch(both)
        _until(lambda: recorded() == sorted(both))
        server.unplug(MAIN)
        _until(lambda: recorded() == [f"{SECOND}.monitor"])
        assert set(meters.levels(0.01)) == {f"{SECOND}.monitor"}
        server.stop()
        _until(lambda: metered() == {})
    finally:
        meters.close()


@on_both_servers
def test_two_of_us_and_a_recorder_share_the_server_and_each_goes_its_own_way(
    server: SoundServer, playing: Playing, listen: Listen, program: Start, tmp_path: Path
) -> None:
    other = program(PATH=str(tmp_path))
    recorder = subprocess.Popen(["parec", f"--device={MAIN}.monitor"], stdout=subprocess.DEVNULL)
    playing.end_too(recorder)
    pinned = listen(over(PortAudioStream, Wish("system", MAIN)))
    other.await_blocks()
    pinned.await_tone(MAIN)
    server.default(SECOND)
    pinned.await_true(lambda: server.recorders().get(other.process.pid) == f"{SECOND}.monitor", "move")
    assert other.await_blocks()["id"] == f"system:{SECOND}"
    pinned.await_true(lambda: server.recorders().get(os.getpid()) == f"{MAIN}.monitor", "pin")
    assert recorder.poll() is None
    assert recorder.pid in server.recorders()
    assert pinned.source.id == f"system:{MAIN}"
    assert other.end() == ""


def test_a_pinned_sink_that_is_away_at_the_start_is_taken_when_it_comes_and_whenever_it_comes_back(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    server.unplug(SECOND)
    ears = listen(open_source(f"system:{SECOND}", must_exist=False))
    ears.await_tone(MAIN)
    assert f"{SECOND} is away" in ears.await_notice("audio-fell-back").text
    for _ in range(2):
        server.plug(SECOND)
        playing.begin(SECOND)
        ears.await_true(lambda: ears.source.id == f"system:{SECOND}", SECOND)
        ears.await_tone(SECOND)
        server.unplug(SECOND)
        ears.await_true(lambda: ears.source.id == f"system:{MAIN}", "fall back")
        ears.await_true(lambda: list(server.recorders().values()) == [f"{MAIN}.monitor"], MAIN)
    assert [notice.code for notice in ears.said] == [
        "audio-fell-back", "audio-device-back", "audio-fell-back", "audio-device-back", "audio-fell-back",
    ]  # fmt: skip


def test_a_callback_that_is_starved_is_a_gap_that_is_counted(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen(over(PortAudioStream))
    ears.await_tone(MAIN)
    ctypes.PyDLL(None).usleep(300_000)  # it keeps the interpreter to itself, as a library with a fault would
    ears.await_true(lambda: ears.source.stats().gaps_over_100ms == 1, "gap")
    ears.forget()
    ears.await_tone(MAIN)
    assert ears.said == []


def test_blocks_that_nobody_takes_are_counted_as_dropped(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen()
    ears.await_true(lambda: ears.source.stats().dropped > 0, "drop")
    assert ears.ring.available > ears.ring.capacity - 512
    ears.forget()
    dropped = ears.source.stats().dropped
    ears.await_tone(MAIN)
    assert ears.source.stats().dropped <= dropped + 1


@on_both_servers
def test_portaudio_prints_nothing_while_the_server_is_killed_and_comes_again(
    server: SoundServer, program: Start, tmp_path: Path
) -> None:
    listener = program(PATH=str(tmp_path))  # no recorder is found there
    for how in (signal.SIGKILL, signal.SIGTERM):
        listener.await_blocks()
        server.stop(how)
        threading.Event().wait(0.5)
        server.start()
    listener.await_blocks()
    assert listener.end() == ""


HIDING = """
import ctypes.util, sys
known = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name == "portaudio" else known(name)
if {no_pulse}:
    sys.modules["pulsectl"] = None
"""


def _hidden(folder: Path, *, no_pulse: bool = False) -> str:
    """A folder for PYTHONPATH, with which a process finds no PortAudio (and no libpulse)."""
    (folder / "sitecustomize.py").write_text(HIDING.format(no_pulse=no_pulse))
    return str(folder)


def test_without_portaudio_the_recorder_of_the_server_is_enough_and_the_other_way_round(
    server: SoundServer, program: Start, tmp_path: Path
) -> None:
    listener = program(PYTHONPATH=_hidden(tmp_path))
    state = listener.await_blocks()
    assert (state["id"], state["said"]) == (f"system:{MAIN}", [])
    assert listener.process.pid not in server.recorders()
    assert listener.end() == ""
    other = program(PATH=str(tmp_path))
    assert other.await_blocks()["id"] == f"system:{MAIN}"
    assert list(server.recorders()) == [other.process.pid]
    assert other.end() == ""


def test_without_portaudio_and_recorder_auto_is_the_demo_and_says_what_is_missing(
    server: SoundServer, program: Start, tmp_path: Path
) -> None:
    listener = program(PYTHONPATH=_hidden(tmp_path), PATH=str(tmp_path))
    state = listener.await_blocks()
    assert state["id"] == "demo"
    assert "Neither PortAudio (libportaudio2) nor parec" in state["said"][0]
    assert listener.end() == ""


def test_where_no_sound_server_can_be_asked_auto_is_a_harmless_microphone_and_says_so(
    program: Start, tmp_path: Path
) -> None:
    # ALSA reads it from the home; `null` is always there and gives silence
    (tmp_path / ".asoundrc").write_text(
        'pcm.bluealsa { type null }\npcm.desk_mic { type plug slave.pcm "null" }\n'
    )
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['pulsectl'] = None\n")
    listener = program(PYTHONPATH=str(hidden), PATH=str(hidden), HOME=str(tmp_path))
    state = listener.state()
    listener.kill()
    print(state)
    assert state["id"].startswith("mic:")
    assert "listening to the microphone" in state["said"][0]
