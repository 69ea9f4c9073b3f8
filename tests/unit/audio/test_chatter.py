"""What C libraries print, in a process of its own: there is one `stderr` for all of it."""

import subprocess
import sys

PROGRAM = """
import ctypes, os, subprocess, sys
from artvis.audio import chatter
print(chatter.lines())
chatter.divert()
chatter.divert()
libc = ctypes.CDLL(None)
stderr = ctypes.c_void_p.in_dll(libc, "stderr")
libc.fputs(b"Expression 'x' failed\\nALSA lib pcm.c\\n", stderr)
print("ours", file=sys.stderr)
subprocess.run([sys.executable, "-c", "import os; os.write(2, b'a child\\\\n')"])
print(chatter.lines(), chatter.lines())
libc.fputs(b"more\\n", stderr)
print(chatter.lines())
"""


def test_what_a_library_prints_is_kept_and_what_python_and_children_print_is_not() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.splitlines() == [
        "[]",
        "[\"Expression 'x' failed\", 'ALSA lib pcm.c'] []",
        "['more']",
    ]
    assert ran.stderr == "ours\na child\n"


BEFORE_A_LOOK = """
import ctypes, logging, sys
from artvis.audio import chatter
from artvis.audio.capture import input_devices
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
chatter.divert()
libc = ctypes.CDLL(None)
libc.fputs(b"the graphics driver complains\\n", ctypes.c_void_p.in_dll(libc, "stderr"))
input_devices()
"""


def test_what_others_printed_before_portaudio_lists_its_devices_is_not_thrown_away_with_its_own() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BEFORE_A_LOOK], capture_output=True, text=True, check=True, timeout=60
    )
    assert "printed: the graphics driver complains" in ran.stdout.splitlines()
