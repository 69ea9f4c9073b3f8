"""Who holds a lease: a process, named so that a restart or another process can tell whether it still lives.

It does not tell live from dead for processes of another system (Windows): there a lease simply runs out.
"""

import errno
import os
import platform
from pathlib import Path

_LINUX = platform.system() == "Linux"


def this_process() -> str:
    """The name of this process: pid, start and boot, with colons between."""
    pid = os.getpid()
    return f"{pid}:{_started(pid)}:{_boot()}"


def is_alive(owner: str) -> bool:
    """Whether the process still runs; True when that cannot be known."""
    pid_text, _, rest = owner.partition(":")
    started, _, boot = rest.partition(":")
    if not pid_text.isdigit():
        return False
    pid = int(pid_text)
    if _LINUX:
        # a reused pid has another start time, and a start time says nothing across a reboot
        return boot == _boot() and started != "" and started == _started(pid)
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    return True


def _started(pid: int) -> str:
    """Clock ticks from boot to the start of a process; '' when there is no such process, or no /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # field 2 is the name in brackets and may hold anything; state is field 3, start time field 22 (man proc)
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in {"Z", "X"} else fields[19]


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
