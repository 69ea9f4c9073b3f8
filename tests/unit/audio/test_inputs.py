"""Which ordinary input stands in where the sound of the machine cannot be had."""

import pytest

from artvis.audio.devices import Wish
from artvis.audio.inputs import Input, input_named, next_best

BUILT_IN = Input("MacBook Pro Microphone", 1, default=True)
USB = Input("USB Audio Device", 2)
AIRPODS = Input("AirPods Pro", 1, default=True)


@pytest.mark.parametrize(
    "name",
    [
        "BlackHole 2ch",
        "Stereo Mix (Realtek(R) Audio)",
        "Stereomix (Realtek)",
        "CABLE Output (VB-Audio Virtual Cable)",
    ],
)
def test_a_cable_that_carries_what_is_played_comes_before_every_microphone(name: str) -> None:
    assert next_best([BUILT_IN, Input(name, 2)]) == Wish("system", name)


def test_a_microphone_is_taken_where_there_is_no_cable_the_default_one_first() -> None:
    assert next_best([USB, BUILT_IN]) == Wish("mic", BUILT_IN.name)


@pytest.mark.parametrize(
    "name",
    [
        "AirPods Pro",
        "Headset (WH-1000XM4 Hands-Free AG Audio)",
        "Bluetooth Mic",
        "bluez_source.00_11.headset",
        "bluealsa",
    ],
)
def test_no_microphone_on_bluetooth_is_opened_unasked_even_if_it_is_the_default(name: str) -> None:
    assert next_best([Input(name, 1, default=True), USB]) == Wish("mic", USB.name)
    assert next_best([Input(name, 1, default=True)]) is None


def test_nothing_is_nothing() -> None:
    assert next_best([]) is None


def test_an_input_is_found_by_its_name_in_any_spelling() -> None:
    assert input_named([USB, AIRPODS], " airpods pro ") == AIRPODS
    assert input_named([USB], "airpods pro") is None
