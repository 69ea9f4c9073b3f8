"""Which device serves which wish."""

import pytest

from artvis.audio.devices import (
    Device,
    Offer,
    Pick,
    Wish,
    check,
    default_device,
    named,
    pick,
    target,
    wish_of,
)
from artvis.errors import InputError

SPEAKERS = Device("alsa_output.pci", "Built-in Audio")
HEADPHONES = Device("bluez_output.00", "Headphones", bluetooth=True)
MIC = Device("alsa_input.usb", "USB Microphone")
HEADSET_MIC = Device("bluez_input.00", "Headset", bluetooth=True)


def test_the_system_is_the_monitor_of_the_default_sink_even_on_bluetooth() -> None:
    offer = Offer((SPEAKERS, HEADPHONES), (), default_sink=HEADPHONES.name)
    where = target(Wish("system"), offer)
    assert where is not None
    assert where.pulse_source == "bluez_output.00.monitor"
    assert not where.fell_back


def test_a_default_sink_that_is_gone_gives_way_to_another_one() -> None:
    assert default_device("system", Offer((SPEAKERS,), (), default_sink="gone")) == SPEAKERS


def test_no_sink_is_no_target() -> None:
    assert target(Wish("system"), Offer()) is None


def test_a_bluetooth_microphone_is_never_the_default_one() -> None:
    offer = Offer((), (HEADSET_MIC, MIC), default_source=HEADSET_MIC.name)
    assert default_device("mic", offer) == MIC
    assert target(Wish("mic"), Offer((), (HEADSET_MIC,), default_source=HEADSET_MIC.name)) is None


def test_a_bluetooth_microphone_is_opened_when_it_is_named() -> None:
    where = target(Wish("mic", HEADSET_MIC.name), Offer((), (HEADSET_MIC, MIC)))
    assert where is not None
    assert where.pulse_source == HEADSET_MIC.name


@pytest.mark.parametrize("name", ["alsa_output.pci", "Built-in Audio", "built-in audio", " BUILT-IN AUDIO "])
def test_a_device_is_found_by_its_name_or_its_title_in_any_spelling(name: str) -> None:
    assert named((HEADPHONES, SPEAKERS), name) == SPEAKERS


def test_a_pinned_device_that_is_away_falls_back_to_the_default_and_says_so() -> None:
    where = target(Wish("system", "gone"), Offer((SPEAKERS,), (), default_sink=SPEAKERS.name))
    assert where is not None
    assert where.device == SPEAKERS
    assert where.fell_back


def test_an_unknown_device_is_refused_with_a_list_of_what_there_is() -> None:
    offer = Offer((SPEAKERS, HEADPHONES), (MIC,))
    check(Wish("system"), offer)
    check(Wish("mic", "usb microphone"), offer)
    with pytest.raises(InputError, match=r"no output 'xyz'; there is alsa_output\.pci, bluez_output\.00"):
        check(Wish("system", "xyz"), offer)
    with pytest.raises(InputError, match="none at all"):
        check(Wish("mic", "xyz"), Offer())


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("desk", Wish("mic", "desk")),
        ("desk#3-4", Wish("mic", "desk", (3, 4))),
        ("desk#3", Wish("mic", "desk", (3,))),
        ("#1-2", Wish("mic", "", (1, 2))),
        ("a#b", Wish("mic", "a#b")),
        ("take #2 mic#10-12", Wish("mic", "take #2 mic", (10, 12))),
    ],
)
def test_channels_stand_behind_the_name(words: str, wish: Wish) -> None:
    assert wish_of("mic", words) == wish
    assert wish.name + wish.suffix == words


@pytest.mark.parametrize("words", ["desk#0-1", "desk#5-4", "desk#3-3", "desk#0"])
def test_channels_that_cannot_be_meant_are_refused(words: str) -> None:
    with pytest.raises(InputError, match="names no channels; write #3-4"):
        wish_of("mic", words)


def test_channels_that_the_device_does_not_have_are_refused_where_the_device_is_known() -> None:
    desk = Device("desk", "Mixing Desk", channel_map=("aux0", "aux1", "aux2", "aux3"))
    offer = Offer((), (desk,), default_source="desk")
    check(Wish("mic", "desk", (3, 4)), offer)
    for wish in (Wish("mic", "desk", (4, 5)), Wish("mic", "", (5,))):
        with pytest.raises(InputError, match="Mixing Desk has 4 channels, so there is no channel 5"):
            check(wish, offer)


def test_a_pick_counts_from_zero_and_is_not_for_a_device_that_stands_in_or_has_shrunk() -> None:
    desk = Device("desk", "Mixing Desk", channel_map=("aux0", "aux1", "aux2", "aux3"))
    wish = Wish("mic", "desk", (3, 4))
    assert pick(wish, target(wish, Offer((), (desk,)))) == Pick((2, 3), desk.channel_map)
    assert pick(wish, None) == Pick((2, 3))
    assert pick(wish, target(wish, Offer((), (MIC,), default_source=MIC.name))) is None
    shrunk = Device("desk", "Mixing Desk", channel_map=("front-left", "front-right"))
    assert pick(wish, target(wish, Offer((), (shrunk,)))) is None
    assert pick(Wish("mic", "desk"), target(wish, Offer((), (desk,)))) is None
