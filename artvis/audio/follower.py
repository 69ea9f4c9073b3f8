"""Keeps a recording stream on what is wished for, while defaults change and devices come and go.

It opens and closes no stream: it moves the one that is there, checks, and says when that did not help.
"""

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from artvis.audio.devices import Device, Offer, Target, Wish, target
from artvis.audio.pulse import PulseLink, ServerAway
from artvis.errors import AudioUnavailable
from artvis.model.notice import Notice

_log = logging.getLogger(__name__)

VERIFY_S = 0.3
"""When a move is looked at again: PipeWire has been seen to ignore one."""
AGAIN_S = (0.1, 0.5)
LOOK_EVERY_S = 3.0
"""Looks after news, and now and then without any, over new connections: PipeWire forgets to tell an old one."""
EARLY_EVERY_S = 0.5
EARLY_LATER_S = 5.0
"""Once there are enough looks."""
EARLY_OF = 8
BLUETOOTH_S = 0.15
"""The least that Bluetooth headphones hold back: the buffer inside them is more than the sound server knows of."""


class Elsewhere(Exception):
    """The stream is to be opened anew, at another place or in the same one; nothing is lost. Never seen by a person."""


class Follower(Protocol):
    """Where a wish leads to, and the care that the stream stays there."""

    device: Device | None
    """What is being heard, once that is known."""
    early_s: float
    """How much earlier than in the air it is heard; 0 where nobody knows."""
    on_notice: Callable[[Notice], None]

    def locate(self) -> Target | None:
        """Where to open the stream; None where only the driver knows. Raises AudioUnavailable."""
        ...

    def follow(self, process_id: int, timeout_s: float, *, flowing: Callable[[], bool]) -> None:
        """Wait for `timeout_s` or for news, and act on them.

        Nothing else is asked while sound is not `flowing`: a server that hangs would keep its listener waiting.
        Raises Elsewhere when another stream is needed, ServerAway when the server did not answer (which says nothing
        of the stream: a busy server answers late), and AudioUnavailable when there is nothing to listen to.
        """
        ...

    def close(self) -> None: ...


class PulseFollower:
    """Follows on a sound server that speaks PulseAudio's protocol."""

    def __init__(self, wish: Wish) -> None:
        self.device: Device | None = None
        self.early_s = 0.0
        self.on_notice: Callable[[Notice], None] = _say_nothing
        self._wish = wish
        self._link: PulseLink | None = None
        self._moved_to: str | None = None
        self._verify_s = 0.0
        self._looks_s = [0.0]
        self._fell_back = False
        self._source = ""
        self._ask_s = 0.0
        self._early_s: deque[float] = deque(maxlen=EARLY_OF)

    def locate(self) -> Target | None:
        self.close()
        self._link = PulseLink()
        self._moved_to = None
        self._looks_s = [time.monotonic() + LOOK_EVERY_S]
        where = self._target(self._link.offer())
        self._heard(where)
        return where

    def follow(self, process_id: int, timeout_s: float, *, flowing: Callable[[], bool]) -> None:
        if self._link is None and not flowing():
            time.sleep(timeout_s)
            return
        try:
            self._attend(process_id, timeout_s, flowing)
        except ServerAway:
            self.close()
            raise

    def close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def _attend(self, process_id: int, timeout_s: float, flowing: Callable[[], bool]) -> None:
        if self._link is None:
            self._link = PulseLink()
            self._go(self._link, process_id)
        if self._link.wait_for_change(timeout_s):
            self._leave_what_has_gone(self._link)
            self._looks_s = [time.monotonic() + wait_s for wait_s in AGAIN_S]
            self._go(self._link, process_id)
        elif time.monotonic() >= self._looks_s[0] and flowing():
            self._looks_s = self._looks_s[1:] or [time.monotonic() + LOOK_EVERY_S]
            self._link.renew()
            self._go(self._link, process_id)
        if self._moved_to is not None and time.monotonic() > self._verify_s:
            wanted, self._moved_to = self._moved_to, None
            if self._link.heard_source(process_id) != wanted:
                raise Elsewhere(f"the sound server did not move us to {wanted}")
        if time.monotonic() >= self._ask_s and flowing():
            enough = len(self._early_s) == EARLY_OF
            self._ask_s = time.monotonic() + (EARLY_LATER_S if enough else EARLY_EVERY_S)
            self._measure(self._link)

    def _go(self, link: PulseLink, process_id: int) -> None:
        """Let the stream hear what the wish leads to by now."""
        where = self._target(link.offer())
        if link.heard_source(process_id) != where.pulse_source:
            if self._wish.channels:
                raise Elsewhere("another device has other channels")
            self._leave_what_has_gone(link)
            link.move(process_id, where.pulse_source)
            self._moved_to = where.pulse_source
            self._verify_s = time.monotonic() + VERIFY_S
            _log.info("following to %s", where.pulse_source)
        self._heard(where)

    def _leave_what_has_gone(self, link: PulseLink) -> None:
        """PulseAudio has moved the stream to the default source by then, which may be a Bluetooth microphone."""
        if link.has_lost(self._source):
            raise Elsewhere(f"{self._source} has gone")

    def _target(self, offer: Offer) -> Target:
        where = target(self._wish, offer)
        if where is None:
            what = "no output to listen to" if self._wish.kind == "system" else "no microphone"
            raise AudioUnavailable(f"The sound server has {what}.")
        return where

    def _measure(self, link: PulseLink) -> None:
        """The most of several looks: an output holds back most when it has just taken sound in, and so have we."""
        with contextlib.suppress(AudioUnavailable):  # the device has just gone, and the next one is looked at
            self._early_s.append(link.early_s(self._source))
        early_s = max(self._early_s, default=0.0)
        if self.device is not None and self.device.bluetooth and early_s > 0.0:
            early_s = max(early_s, BLUETOOTH_S)
        self.early_s = early_s

    def _heard(self, where: Target) -> None:
        self.device = where.device
        if where.pulse_source != self._source:
            self._source, self._ask_s = where.pulse_source, 0.0
            self._early_s.clear()
        if where.fell_back != self._fell_back:
            self._fell_back = where.fell_back
            self.on_notice(self._fell_back_notice(where))

    def _fell_back_notice(self, where: Target) -> Notice:
        if where.fell_back:
            text = f"{self._wish.name} is away; listening to {where.device.title} until it is back."
            return Notice("warning", "audio-fell-back", text)
        return Notice("info", "audio-device-back", f"{where.device.title} is back.")


class NoFollower:
    """Where the sound system itself follows its default: nothing to find, nothing to move."""

    def __init__(self) -> None:
        self.device: Device | None = None
        self.early_s = 0.0
        self.on_notice: Callable[[Notice], None] = _say_nothing

    def locate(self) -> Target | None:
        return None

    def follow(
        self,
        process_id: int,  # noqa: ARG002 - no stream is moved here
        timeout_s: float,
        *,
        flowing: Callable[[], bool],  # noqa: ARG002 - and nobody is asked
    ) -> None:
        time.sleep(timeout_s)

    def close(self) -> None:
        pass


def _say_nothing(_notice: Notice) -> None:
    pass
