"""The caller's side of a show's door: one word there, one answer back.

It prints nothing and writes no file.
"""

import time
from dataclasses import replace
from pathlib import Path
from socket import socket

from artvis.control.doors import knock
from artvis.control.wire import ANSWER_BYTES, Answer, Request, read_answer, request_line
from artvis.errors import InputError

PATIENCE_S = 8.0
"""More than the show takes before it says that its window does not answer."""
_NO_ANSWER = "The show does not answer; the log of artvis may say why."


def ask(folder: Path, word: str, *, ago_s: float = 0.0) -> Answer:
    """Says `word` to the newest show that lives. Raises InputError when there is none, or none that answers.

    `ago_s`: since it was asked, for what goes by the beat.
    """
    caller = knock(folder)
    if caller is None:
        raise InputError("No show is running; `artvis show` starts one.")
    with caller.socket as door:
        try:
            door.sendall(request_line(Request(word, caller.token, ago_s)))
            return _answer(door, time.monotonic() + PATIENCE_S)
        except (OSError, EOFError, ValueError, RecursionError) as problem:
            raise InputError(_NO_ANSWER) from problem


def _answer(door: socket, due_s: float) -> Answer:
    data = b""
    while b"\n" not in data:
        data += _more(door, due_s)
        if len(data) > ANSWER_BYTES and b"\n" not in data[:ANSWER_BYTES]:
            raise ValueError("an endless line")
    line, _, begun = data.partition(b"\n")
    answer, size = read_answer(line)
    payload = bytearray(begun)
    while len(payload) < size:
        payload += _more(door, due_s)
    return replace(answer, payload=bytes(payload[:size]))


def _more(door: socket, due_s: float) -> bytes:
    door.settimeout(max(due_s - time.monotonic(), 0.001))
    received = door.recv(1 << 18)
    if not received:
        raise EOFError  # it ended before it had answered
    return received
