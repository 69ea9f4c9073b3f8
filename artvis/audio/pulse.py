"""The sound server of Linux (PulseAudio, or PipeWire in its clothes): what it has, and moving our own stream.

It records nothing. All of a link is used by one thread.
"""

import contextlib
import os
import select
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from artvis.audio.devices import Device, Offer
from artvis.errors import AudioUnavailable

_CONNECT_S = (0.02, 0.1, 0.5)
"""pulsectl waits out the whole time that it is given, even once it is connected: so a little first, then more."""
_ANSWER_S = 0.35
"""A server that has not answered a question by then hangs."""


def can_be_reached() -> bool:
    """Whether the library for it is here (not: whether a server answers)."""
    try:
        import pulsectl  # noqa: F401 - 30 ms, it looks for libpulse
    except (ImportError, OSError):
        return False
    return True


class ServerAway(AudioUnavailable):
    """The sound server is not there, or does not answer in time."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The server and its default output, as whoever looks for a fault wants to know them."""

    server: str
    """Name and version."""
    output: str
    """The name of the default output, '' without one."""
    title: str = ""
    muted: bool = False
    volume: float = 1.0
    """0..1 and above; 1 is unchanged. Outputs without a mixer of their own put it into what their monitor gives."""
    monitor_muted: bool = False


class PulseLink:
    """One connection for questions and orders, one for news; raises AudioUnavailable when the server goes away."""

    def __init__(self) -> None:
        self._connect(_CONNECT_S)

    def renew(self) -> None:
        """Connect anew, or not at all: PipeWire has been seen to leave a connection with an old default for good."""
        self.close()
        self._connect(_CONNECT_S[:2])

    def _connect(self, waits_s: Sequence[float]) -> None:
        with _translated():
            self._orders = _connected("artvis", waits_s)
            try:
                self._news = _connected("artvis follower", waits_s)
            except BaseException:
                self._orders.close()
                raise
            self._changed = False
            self._offered: dict[str, int] = {}
            self._gone: set[int] = set()
            self._news.event_mask_set("server", "sink", "source", "source_output")
            self._news.event_callback_set(self._on_event)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for connection in (self._news, self._orders):
            connection.close()

    def offer(self) -> Offer:
        """What the server has now."""
        with _translated():
            info = self._orders.server_info()
            sinks = tuple(_device(sink) for sink in self._orders.sink_list())
            sources = self._orders.source_list()
            self._offered = {source.name: source.index for source in sources}
            mics = tuple(
                _device(source)
                for source in sources
                if not source.monitor_of_sink_name and source.proplist.get("device.class") != "monitor"
            )
            return Offer(sinks, mics, info.default_sink_name or "", info.default_source_name or "")

    def condition(self) -> Condition:
        """How the server and its default output stand now."""
        with _translated():
            info = self._orders.server_info()
            server = f"{info.server_name} {info.server_version}"
            sinks = {sink.name: sink for sink in self._orders.sink_list()}
            sink = sinks.get(info.default_sink_name)
            if sink is None:
                return Condition(server, "")
            monitor = self._orders.get_source_by_name(sink.monitor_source_name)
            return Condition(
                server,
                sink.name,
                sink.description or sink.name,
                muted=bool(sink.mute),
                volume=max(sink.volume.values, default=1.0),
                monitor_muted=bool(monitor.mute),
            )

    def wait_for_change(self, timeout_s: float) -> bool:
        """Whether a default, a device or who records from it has changed; waits until then, or for `timeout_s`."""
        with _translated():
            if not self._changed:
                self._news.event_listen(timeout_s)
        changed, self._changed = self._changed, False
        return changed

    def has_lost(self, source_name: str) -> bool:
        """Whether a source is not in the last offer, or the server has said since that it is gone; it is not asked."""
        return self._offered.get(source_name) in {None, *self._gone}

    def heard_source(self, process_id: int) -> str | None:
        """The name of the source that the recording stream of a process is connected to; None without a stream.

        PipeWire shows whoever has ordered a move what was ordered, not what is; so the other connection is asked.
        """
        with _translated():
            outputs = _outputs_of(self._news, process_id)
            if not outputs:
                return None
            names = {source.index: source.name for source in self._news.source_list()}
            return names.get(outputs[-1].source)

    def early_s(self, source_name: str) -> float:
        """How much earlier than in the air a source hears a sound, at this moment.

        A monitor hears it when its output takes it in, and the output holds it back; a microphone hears it late (< 0).
        """
        with _translated():
            source = self._orders.get_source_by_name(source_name)
            if not source.monitor_of_sink_name:
                return -float(source.latency) / 1e6
            return float(self._orders.get_sink_by_name(source.monitor_of_sink_name).latency) / 1e6

    def move(self, process_id: int, source_name: str) -> None:
        """Let the recording streams of a process hear another source, without a break in their data."""
        with _translated():
            source = self._orders.get_source_by_name(source_name)
            for output in _outputs_of(self._orders, process_id):
                self._orders.source_output_move(output.index, source.index)

    def _on_event(self, event: Any) -> None:
        import pulsectl

        if (event.facility, event.t) == ("source", "remove"):
            self._gone.add(event.index)
        self._changed = True
        raise pulsectl.PulseLoopStop


def _outputs_of(connection: Any, process_id: int) -> list[Any]:
    return [
        output
        for output in connection.source_output_list()
        if output.proplist.get("application.process.id") == str(process_id)
    ]


def _connected(name: str, waits_s: Sequence[float]) -> Any:
    import pulsectl

    for number, timeout_s in enumerate(waits_s, start=1):
        connection = pulsectl.Pulse(name, connect=False)
        try:
            connection.connect(timeout=timeout_s)
        except pulsectl.PulseError:
            connection.close()
            if number == len(waits_s):
                raise
        else:
            _do_not_wait_forever(connection)
            return connection
    raise AssertionError("unreachable")


def _do_not_wait_forever(connection: Any) -> None:
    """Let a question to a server that hangs fail: the library by itself waits for 30 s."""

    def poll(handles: list[Any], wait_s: float) -> int:
        poller = select.poll()
        for handle in handles:
            poller.register(handle.fd, handle.events)
        limit_s = _ANSWER_S if wait_s < 0 else min(wait_s, _ANSWER_S)
        ready = dict(poller.poll(1000 * limit_s))
        for handle in handles:
            handle.revents = ready.get(handle.fd, 0)
        if not ready and limit_s == _ANSWER_S:
            connection.connected = False
        return len(ready)

    connection.set_poll_func(poll)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        import pulsectl
    except (ImportError, OSError) as error:
        raise AudioUnavailable("The library of the sound server (libpulse) is missing.") from error
    try:
        yield
    except (pulsectl.PulseError, pulsectl.PulseDisconnected) as error:
        where = os.environ.get("PULSE_SERVER", "")
        at = f" at {where}" if where else ""
        raise ServerAway(f"No sound server answers{at}.") from error


def _device(item: Any) -> Device:
    properties = item.proplist
    bluetooth = "bluez" in item.name or properties.get("device.api", "").startswith("bluez")
    return Device(
        item.name,
        item.description or item.name,
        bluetooth or properties.get("device.bus") == "bluetooth",
        tuple(item.channel_list),
    )
