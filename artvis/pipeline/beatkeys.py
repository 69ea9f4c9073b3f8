"""What a person says of the beat: tap, resync, half, double and hold become orders to the hearing.

It follows no beat (`audio.rhythm`); the moment meant is that of the sound which is in the air when the key is pressed.
"""

from collections.abc import Callable

from artvis.audio.hearing import Hearing
from artvis.model.command import Command
from artvis.pipeline.alignment import SteadyBeat
from artvis.pipeline.listening import Heard


class BeatKeys:
    """Used by the thread that draws."""

    def __init__(self, order: Callable[[Callable[[Hearing], None]], bool], beat: SteadyBeat) -> None:
        """`order` hands an order over, and is False when nothing listens yet; `beat` is the beat as it is drawn."""
        self._order = order
        self._beat = beat

    def carry_out(self, command: Command, heard: Heard, t_s: float, *, just_now: bool) -> str:
        """The answer to show, '' where the command is not about the beat.

        `t_s` is in seconds of the audio of `heard`; `just_now`: that is what is in the air now.
        """
        if command is Command.HOLD_TEMPO and heard.state.bpm <= 0.0 and not heard.state.tempo_held:
            return "No tempo is known yet"
        orders: dict[Command, tuple[Callable[[Hearing], None], str]] = {
            Command.TAP: (lambda hearing: hearing.tap(t_s), "Tap"),
            Command.RESYNC: (lambda hearing: hearing.resync(t_s), "This is one"),
            Command.HALVE_TEMPO: (lambda hearing: hearing.scale(0.5), "Half tempo"),
            Command.DOUBLE_TEMPO: (lambda hearing: hearing.scale(2.0), "Double tempo"),
            Command.HOLD_TEMPO: (Hearing.hold_tempo, f"Tempo held, {heard.state.bpm:.1f}"),
        }
        if heard.state.tempo_held:
            orders[Command.HOLD_TEMPO] = (Hearing.release, "Following the tempo again")
        if command not in orders:
            return ""
        act, answer = orders[command]
        if not self._order(act):
            return "Nothing is heard yet"
        if command is Command.RESYNC and just_now:
            self._beat.strike()
        return answer
