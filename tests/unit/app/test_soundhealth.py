"""What the doctor makes of what was found; the finding itself meets a real sound server in tests/integration."""

from dataclasses import replace

import pytest

from artvis.app import soundhealth
from artvis.app.probes import Finding
from artvis.app.soundhealth import Heard
from artvis.audio.levels import Words

HERE, MISSING = Finding(good=True, text="here"), Finding(good=False, text="it is not installed")
FINE = Heard(
    server="PulseAudio 16.1",
    output="hdmi",
    title="HDMI",
    volume=0.8,
    source="HDMI",
    lufs=-18.24,
    words="music",
)


@pytest.mark.parametrize(
    ("portaudio", "parec", "level", "install"),
    [
        (HERE, HERE, "ok", ""),
        (HERE, MISSING, "warn", "pulseaudio-utils"),
        (MISSING, HERE, "warn", "libportaudio2"),
        (MISSING, MISSING, "warn", "libportaudio2 or pulseaudio-utils"),
    ],
)
def test_what_can_record_and_what_to_install(
    portaudio: Finding, parec: Finding, level: str, install: str
) -> None:
    check = soundhealth.recorders(portaudio, parec)
    assert check.level == level
    assert install in check.action


def test_a_server_that_is_away_is_waited_for_and_its_output_is_not_judged() -> None:
    (check,) = soundhealth.served(Heard(problem="No sound server answers."))
    assert check.level == "warn"
    assert check.means == "No sound server answers; a show starts all the same and waits for it"


@pytest.mark.parametrize(
    ("heard", "level", "words"),
    [
        (FINE, "ok", "HDMI, at 80 %"),
        (replace(FINE, output=""), "warn", "has none"),
        (replace(FINE, output="auto_null"), "warn", "goes nowhere"),
        (replace(FINE, muted=True), "warn", "HDMI is muted"),
        (replace(FINE, monitor_muted=True), "warn", "the monitor of HDMI is muted"),
        (replace(FINE, volume=0.1), "warn", "turned down to 10 %"),
    ],
)
def test_an_output_of_which_nothing_can_be_heard_is_found(heard: Heard, level: str, words: str) -> None:
    check = soundhealth.output(heard)
    assert check.level == level
    assert words in check.means
    assert bool(check.action) == (level != "ok")


def test_what_is_heard_has_a_level_a_verdict_and_what_to_do() -> None:
    assert soundhealth.listened(FINE).means == "HDMI: music, -18.2 LUFS"
    assert soundhealth.listened(FINE).level == "ok"
    words: tuple[Words, ...] = (
        "one channel only",
        "too loud: clipped",
        "very quiet",
        "noise",
        "silence",
        "no data",
    )
    for each in words:
        check = soundhealth.listened(replace(FINE, words=each, lufs=None))
        assert (check.level, check.means) == ("warn", f"HDMI: {each}")
        assert check.action
    assert "sources --listen" in soundhealth.listened(replace(FINE, words="silence")).action


def test_a_device_of_the_settings_that_is_away_is_named() -> None:
    check = soundhealth.listened(Heard(server="PulseAudio 16.1", away="system:usb"))
    assert check.level == "warn"
    assert "system:usb" in check.means
