"""Probes of sound, graphics and Qt, each in its own process: a broken driver ends the probe, not the program.

What a finding means and what to do about it is said by health.
"""

import contextlib
import ctypes.util
import json
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from artvis.errors import ArtvisError
from artvis.processes import start_deaf_to_ctrl_c

TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Finding:
    good: bool
    text: str


def in_child(probe: Callable[[], str], *, timeout_s: float = TIMEOUT_S) -> Finding:
    """What `probe` says in a process of its own, or how that process ended."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder, ours:
        noise = Path(folder, "stderr")
        process = context.Process(target=_child, args=(probe, theirs, str(noise)), daemon=True)
        start_deaf_to_ctrl_c(process)
        theirs.close()
        try:
            if ours.poll(timeout_s):
                with contextlib.suppress(EOFError):  # it ended without a word
                    good, text = ours.recv()
                    return Finding(good=good, text=text)
            else:
                return Finding(good=False, text=f"no answer within {timeout_s:.0f} s")
            process.join(timeout_s)
            return Finding(good=False, text=_last_words(process.exitcode, noise))
        finally:
            process.kill()
            process.join()


def _child(probe: Callable[[], str], answer: Connection, noise: str) -> None:
    with Path(noise).open("wb") as file:  # libraries complain on stderr; only the last words of a crash count
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        answer.send((True, probe()))
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is the finding
        answer.send((False, str(problem) or type(problem).__name__))


def _last_words(exitcode: int | None, noise: Path) -> str:
    how = (
        f"ended by {signal.Signals(-exitcode).name}"
        if exitcode and exitcode < 0
        else "ended without an answer"
    )
    lines = noise.read_text(errors="replace").split("\n") if noise.exists() else []
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"{how}: {said}" if said else how


def graphics() -> str:
    from artvis.render.headless import open_headless  # 170 ms

    ctx = open_headless()
    try:
        return f"{ctx.version_code // 100}.{ctx.version_code // 10 % 10}, {ctx.info['GL_RENDERER']}"
    finally:
        ctx.release()


def qt() -> str:
    from artvis.ui import probes  # 60 ms

    lost = probes.references_lost()
    if lost > 0:
        raise ArtvisError(f"Qt {probes.version()} loses references to None on this Python, and will end it")
    return probes.version()


def display() -> str:
    from artvis.ui import probes  # 60 ms

    return probes.screens()


def fonts() -> str:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from artvis.ui import probes  # 60 ms

    count = probes.font_families()
    if count == 0:
        raise ArtvisError("there are none, so the overlay cannot be read")
    return f"{count} families"


def portaudio() -> str:
    name = ctypes.util.find_library("portaudio")
    if name is None:
        raise ArtvisError("it is not installed")
    ctypes.CDLL(name)
    return name


def parec() -> str:
    from artvis.audio import parec as recorder  # 60 ms, of numpy

    if not recorder.is_installed():
        raise ArtvisError("it is not installed")
    return "parec"


def sound(spec: str, listen_s: float) -> str:
    """The fields of soundhealth.Heard, as JSON: the sound server, and what is heard of `spec` in `listen_s`."""
    from artvis.audio import levels, pulse, sources  # 90 ms

    facts: dict[str, object] = {}
    if sys.platform == "linux":
        try:
            with pulse.PulseLink() as link:
                facts |= asdict(link.condition())
        except ArtvisError as error:
            facts["problem"] = str(error)
    meant = sources.meant_by(spec, sources.list_sources())
    if meant is None and spec.startswith(("system:", "mic:")) and facts.get("server"):
        facts["away"] = spec
    device = sources.device_to_try(meant) if meant is not None else None
    if meant is not None and device is not None:
        (verdict,) = levels.listen_to([device], listen_s)
        facts |= {"source": meant.title, "lufs": verdict.lufs, "words": verdict.words}
    return json.dumps(facts)
