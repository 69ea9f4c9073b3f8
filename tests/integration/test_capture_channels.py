"""Two channels of a device that has many, over both rungs, on a real sound server."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from capturing import Listen, Playing, over, write_wav
from commandline import RunArtvis
from soundserver import SECOND, SoundServer

from artvis.audio.capture import PortAudioStream
from artvis.audio.devices import Wish
from artvis.audio.live import Rung
from artvis.audio.parec import ParecStream
from artvis.audio.sources import open_source
from artvis.errors import InputError
from artvis.model.music import SAMPLE_RATE_HZ

pytestmark = pytest.mark.sound

STUDIO = ("aux0", "aux1", "aux2", "aux3", "aux4", "aux5", "aux6", "aux7")
CINEMA = (
    "front-left",
    "front-right",
    "rear-left",
    "rear-right",
    "front-center",
    "lfe",
    "side-left",
    "side-right",
)
MIC = "mixing_desk"


def tone_hz(channel: int) -> float:
    return 430.664 * channel


@pytest.fixture(scope="module")
def chords(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight channels, each with a tone of its own."""
    t = np.arange(30 * SAMPLE_RATE_HZ)[:, None] / SAMPLE_RATE_HZ
    frequencies = np.array([tone_hz(channel) for channel in range(1, 9)])
    return write_wav(tmp_path_factory.mktemp("chords") / "eight.wav", np.sin(2 * np.pi * frequencies * t))


def plug_desk(server: SoundServer, names: str) -> None:
    words = ["sink_name=desk", "channels=8", f"channel_map={names}", "norewinds=1"]
    server.pactl("load-module", "module-null-sink", *words)


@pytest.fixture(params=[STUDIO, CINEMA], ids=["studio", "cinema"])
def desk(
    request: pytest.FixtureRequest, server: SoundServer, chords: Path, tones: dict[str, Path]
) -> Iterator[tuple[str, ...]]:
    """A microphone of eight channels in this order."""
    names = ",".join(request.param)
    server.pactl(
        "load-module",
        "module-null-sink",
        "sink_name=desk",
        "channels=8",
        f"channel_map={names}",
        "norewinds=1",
    )
    words = [f"source_name={MIC}", "master=desk.monitor", "channels=8", "remix=no"]
    server.pactl(
        "load-module", "module-remap-source", *words, f"channel_map={names}", f"master_channel_map={names}"
    )
    players = Playing(server, tones)
    players.begin_file(chords, "desk", channel_map=names)
    yield request.param
    players.end()


def hears_only(listen: Listen, source: object, left: int, right: int) -> bool:
    ears = listen(source)
    ears.await_true(lambda: ears.hears(tone_hz(left)) == (True, left == right), f"channel {left}")
    ears.await_true(lambda: ears.hears(tone_hz(right)) == (left == right, True), f"channel {right}")
    others = [channel for channel in range(1, 9) if channel not in (left, right)]
    for channel in others:
        ears.await_true(lambda: ears.ring.available >= 512, "sound")
        assert max(ears.amplitudes(tone_hz(channel))) < 0.005, channel
    return True


def test_two_of_eight_channels_are_taken_unmixed_whatever_their_names(
    desk: tuple[str, ...], listen: Listen
) -> None:
    assert hears_only(listen, f"mic:{MIC}#3-4", 3, 4)
    assert hears_only(listen, f"mic:{MIC}#6", 6, 6)
    assert hears_only(listen, "system:desk#2-7", 2, 7)


@pytest.mark.parametrize("desk", [CINEMA], indirect=True)
@pytest.mark.parametrize("rung", [PortAudioStream, ParecStream])
def test_each_rung_can_take_them(desk: tuple[str, ...], listen: Listen, rung: Rung) -> None:
    assert hears_only(listen, over(rung, Wish("mic", MIC, (5, 8))), 5, 8)


@pytest.mark.parametrize("desk", [STUDIO], indirect=True)
def test_its_name_for_a_source_says_which_channels(desk: tuple[str, ...], listen: Listen) -> None:
    ears = listen(f"mic:{MIC}#3-4")
    ears.await_true(lambda: ears.source.stats().blocks > 0, "sound")
    assert ears.source.id == f"mic:{MIC}#3-4"
    with pytest.raises(InputError, match="8 channels, so there is no channel 9"):
        open_source(f"mic:{MIC}#8-9")


@pytest.mark.parametrize("desk", [CINEMA], indirect=True)
def test_a_desk_that_goes_is_stood_in_for_in_stereo_and_taken_again_with_its_channels(
    desk: tuple[str, ...], server: SoundServer, playing: Playing, chords: Path, listen: Listen
) -> None:
    ears = listen("system:desk#3-4")
    ears.await_true(lambda: ears.hears(tone_hz(3)) == (True, False), "channel 3")
    server.default(SECOND)
    server.unplug("desk")
    ears.await_tone(SECOND)
    ears.await_notice("audio-fell-back")
    names = ",".join(desk)
    server.pactl(
        "load-module",
        "module-null-sink",
        "sink_name=desk",
        "channels=8",
        f"channel_map={names}",
        "norewinds=1",
    )
    playing.begin_file(chords, "desk", channel_map=names)
    ears.await_true(lambda: ears.hears(tone_hz(3)) == (True, False), "channel 3 again")
    assert ears.hears(tone_hz(3)) is not None


@pytest.mark.parametrize("desk", [STUDIO], indirect=True)
@pytest.mark.parametrize(
    ("channels", "sentence"), [("#5-4", "names no channels; write #3-4"), ("#8-9", "there is no channel 9")]
)
def test_channels_that_cannot_be_meant_are_refused_in_a_sentence(
    desk: tuple[str, ...], run_artvis: RunArtvis, channels: str, sentence: str
) -> None:
    ran = run_artvis("show", "--source", f"mic:{MIC}{channels}")
    assert (ran.rc, ran.stderr.count("\n")) == (2, 1)
    assert sentence in ran.stderr
