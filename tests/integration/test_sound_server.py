import subprocess

import pytest
from soundserver import MAIN, SECOND, SoundServer


@pytest.mark.sound
def test_the_sound_server_has_two_sinks_and_can_lose_and_regain_them(sound_server: SoundServer) -> None:
    assert sound_server.sinks() == [MAIN, SECOND]
    sound_server.unplug(MAIN)
    assert sound_server.sinks() == [SECOND]
    sound_server.plug(MAIN)
    sound_server.default(SECOND)
    assert sorted(sound_server.sinks()) == [MAIN, SECOND]
    assert sound_server.pactl("get-default-sink").strip() == SECOND


@pytest.mark.sound
def test_a_stopped_sound_server_answers_nobody_until_it_is_started_again(sound_server: SoundServer) -> None:
    sound_server.stop()
    with pytest.raises(subprocess.CalledProcessError):
        sound_server.pactl("info")
    sound_server.start()
    assert MAIN in sound_server.sinks()
