"""System audio and microphones on a real sound server, through everything that happens to sound servers."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sounddevice
from capturing import Listen, Playing, on_both_servers, over
from soundserver import MAIN, SECOND, SoundServer

from artvis.audio.capture import PortAudioStream
from artvis.audio.sources import list_sources, open_source
from artvis.errors import AudioUnavailable, InputError
from artvis.model.music import SAMPLE_RATE_HZ

pytestmark = pytest.mark.sound


def test_auto_hears_the_music_of_the_default_sink_and_loses_none(playing: Playing, listen: Listen) -> None:
    ears = listen("auto")
    ears.await_tone(MAIN)
    before = ears.source.stats()
    begun_s = time.monotonic()
    ears.await_true(lambda: ears.ring.read(512) is not None and time.monotonic() - begun_s > 3.0, "3 s")
    took_s = time.monotonic() - begun_s
    stats = ears.source.stats()
    assert (stats.dropped, stats.reconnects) == (0, 0)
    assert stats.blocks - before.blocks == pytest.approx(took_s * SAMPLE_RATE_HZ / 512, abs=12)
    assert 0 < stats.latency_ms <= 40
    assert (ears.source.id, ears.source.kind) == (f"system:{MAIN}", "system")
    assert ears.said == []


@on_both_servers
def test_another_default_sink_is_followed(server: SoundServer, playing: Playing, listen: Listen) -> None:
    ears = listen()
    ears.await_tone(MAIN)
    server.default(SECOND)
    ears.await_tone(SECOND)
    ears.await_true(lambda: ears.source.id == f"system:{SECOND}", SECOND)
    server.default(MAIN)
    ears.await_true(lambda: ears.source.id == f"system:{MAIN}", MAIN)
    ears.forget()
    ears.await_tone(SECOND)
    assert ears.source.stats().reconnects == 0


@on_both_servers
def test_portaudio_follows_as_well(server: SoundServer, playing: Playing, listen: Listen) -> None:
    ears = listen(over(PortAudioStream))
    ears.await_tone(MAIN)
    server.default(SECOND)
    ears.await_tone(SECOND)


@on_both_servers
def test_a_sink_that_is_pulled_out_is_no_end_of_the_sound(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen()
    ears.await_tone(MAIN)
    server.unplug(MAIN)
    ears.await_tone(SECOND)
    ears.await_true(lambda: ears.source.id == f"system:{SECOND}", SECOND)


@on_both_servers
def test_a_pinned_sink_is_left_when_it_goes_and_taken_again_when_it_is_back(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen(f"system:{SECOND}")
    ears.await_tone(SECOND)
    server.unplug(SECOND)
    ears.await_tone(MAIN)
    assert f"{SECOND} is away" in ears.await_notice("audio-fell-back").text
    server.plug(SECOND)
    playing.begin(SECOND)
    ears.await_tone(SECOND)
    assert "is back" in ears.await_notice("audio-device-back").text


@on_both_servers
def test_a_restarted_sound_server_is_heard_again(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    ears = listen()
    ears.await_tone(MAIN)
    server.stop()
    assert "keeps trying" in ears.await_notice("audio-lost").text
    server.start()
    playing.begin(MAIN)
    ears.forget()
    ears.await_tone(MAIN)
    ears.await_notice("audio-back")
    assert ears.source.stats().reconnects == 1


def test_a_server_that_starts_late_is_waited_for(
    server: SoundServer, tones: dict[str, Path], listen: Listen
) -> None:
    server.stop()
    ears = listen("auto")
    notice = ears.await_notice("audio-lost")
    assert notice.text.startswith("No sound server answers")
    assert ears.source.kind == "system"
    server.start()
    player = server.play(tones[MAIN])
    ears.await_tone(MAIN)
    player.terminate()
    player.wait()


def test_silence_is_blocks_of_zeros_and_no_dead_device(server: SoundServer, listen: Listen) -> None:
    ears = listen()
    ears.await_true(lambda: ears.source.stats().blocks > 100, "silence")
    block = ears.ring.read(512)
    assert block is not None
    assert not block.any()
    assert ears.said == []


def _add_mic(server: SoundServer, name: str) -> None:
    server.pactl("load-module", "module-remap-source", f"master={SECOND}.monitor", f"source_name={name}")


def test_a_microphone_is_heard_but_never_a_bluetooth_one_unasked(
    server: SoundServer, playing: Playing, listen: Listen
) -> None:
    with pytest.raises(AudioUnavailable, match="There is no microphone"):
        open_source("mic")
    _add_mic(server, "bluez_input.headset")
    server.pactl("set-default-source", "bluez_input.headset")
    with pytest.raises(AudioUnavailable, match=r"Bluetooth.*mic:bluez_input\.headset"):
        open_source("mic")
    _add_mic(server, "usb_mic")
    ears = listen("mic")
    ears.await_tone(SECOND)
    assert ears.source.id == "mic:usb_mic"
    named = listen("mic:bluez_input.headset")
    named.await_tone(SECOND)


def test_an_unknown_device_is_refused_with_what_there_is(server: SoundServer) -> None:
    with pytest.raises(InputError, match=f"no output 'nonsense'; there is {MAIN}, {SECOND}"):
        open_source("system:nonsense")


def test_the_list_names_defaults_and_reasons(server: SoundServer) -> None:
    _add_mic(server, "bluez_input.headset")
    infos = {info.id: info for info in list_sources()}
    assert list(infos) == [
        f"system:{MAIN}",
        f"system:{SECOND}",
        "mic:bluez_input.headset",
        "file:PATH",
        "demo",
    ]
    assert [info.id for info in infos.values() if info.chosen] == [f"system:{MAIN}"]
    assert infos[f"system:{MAIN}"].default
    assert "Bluetooth" in infos["mic:bluez_input.headset"].reason


def test_parec_ends_with_its_listener_even_if_that_is_killed(server: SoundServer) -> None:
    program = (
        "from artvis.audio.parec import ParecStream\nfrom artvis.audio.ring import Ring\n"
        "from artvis.audio.source import Tally\nimport time\n"
        f"stream = ParecStream('{MAIN}.monitor', Ring(), Tally())\n"
        "print(stream.process_id, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end_s = time.monotonic() + 1.0
    tick = threading.Event()
    while _runs(child) and time.monotonic() < end_s:
        tick.wait(0.01)
    assert not _runs(child)


def _runs(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_private_names_of_sounddevice_are_still_there() -> None:
    """Without them PortAudio cannot be told to look for devices again."""
    assert callable(sounddevice._initialize)
    assert callable(sounddevice._terminate)
    assert isinstance(sounddevice._initialized, int)


def test_alsa_is_silent_when_the_server_goes_between_listing_and_opening(server: SoundServer) -> None:
    program = (
        "import sys\nfrom artvis.audio.capture import _fresh_portaudio\n"
        "sd = _fresh_portaudio()\nprint('listed', flush=True)\nsys.stdin.read()\n"
        "try:\n    sd.InputStream(device='pulse', channels=2)\nexcept sd.PortAudioError:\n    print('refused')\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "listed\n"
    server.stop()
    out, err = child.communicate("", timeout=10)
    assert out == "refused\n"
    assert "ALSA lib" not in err
