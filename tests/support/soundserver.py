"""A sound server for tests: a private PulseAudio with two sinks that lead nowhere, as root or not, with no card.

Whoever plays into a sink can be heard on its monitor, as system audio is heard on a real machine.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

MAIN, SECOND = "artvis_main", "artvis_second"
_RATE_HZ = 48_000
_WAIT_S = 10.0


class SoundServer:
    """One PulseAudio under `folder`; `env` is what its clients need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "native"
        self._process: subprocess.Popen[bytes] | None = None
        self.env = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "XDG_CONFIG_HOME": str(folder / "xdg"),
        }
        for name in ("runtime", "state", "xdg"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "cookie").write_bytes(os.urandom(256))
        (folder / "cookie").chmod(0o600)
        (folder / "client.conf").write_text(
            f"autospawn = no\ndefault-server = unix:{self._socket}\nenable-shm = no\n"
        )

    def start(self) -> None:
        if shutil.which("pulseaudio") is None:
            raise RuntimeError("pulseaudio is missing; scripts/setup installs it")
        self._socket.unlink(missing_ok=True)
        script = self._folder / "default.pa"
        script.write_text(
            "".join(f"load-module module-null-sink {_sink(name)}\n" for name in (MAIN, SECOND))
            + f"load-module module-native-protocol-unix socket={self._socket} "
            + f"auth-cookie={self._folder / 'cookie'}\n"
            + f"set-default-sink {MAIN}\nset-default-source {MAIN}.monitor\n"
        )
        # -n: none of the system's own script. HOME: ~/.config/pulse of whoever runs the tests stays untouched.
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--realtime=no"]
        options += ["--high-priority=no", "--use-pid-file=no", "--log-target=stderr", "-F", str(script)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", *options],
                env={**os.environ, **self.env, "HOME": str(self._folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._await_answer(self._process)

    def stop(self) -> None:
        """End the server as a crash would be seen by its clients; `start` brings a new one up at the same address."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(3)

    def plug(self, name: str) -> None:
        """Bring a sink back, as plugging in headphones does."""
        if name not in self.sinks():
            self.pactl("load-module", "module-null-sink", *_sink(name).split())

    def unplug(self, name: str) -> None:
        for line in self.pactl("list", "short", "modules").splitlines():
            number, module, arguments = (*line.split("\t"), "", "")[:3]
            if module == "module-null-sink" and f"sink_name={name} " in arguments:
                self.pactl("unload-module", number)

    def default(self, name: str) -> None:
        self.pactl("set-default-sink", name)

    def sinks(self) -> list[str]:
        return [line.split("\t")[1] for line in self.pactl("list", "short", "sinks").splitlines()]

    def play(self, wav: Path, *, sink: str = MAIN) -> subprocess.Popen[bytes]:
        """Play a WAV file into a sink; whoever starts it ends it."""
        return subprocess.Popen(["paplay", f"--device={sink}", str(wav)], env={**os.environ, **self.env})

    def pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            timeout=_WAIT_S,
            check=True,
        )
        return done.stdout

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + _WAIT_S
        while process.poll() is None and time.monotonic() < end:
            try:
                self.pactl("info")
            except subprocess.CalledProcessError:
                time.sleep(0.05)  # the server gives no sign of its own that its socket is open
            else:
                return
        self.stop()
        raise RuntimeError(f"pulseaudio did not answer; its log is {self._folder / 'log'}")


def _sink(name: str) -> str:
    # norewinds: 50 ms of buffer in place of 2 s; without it the first sound after a silence comes up to 2 s late.
    return f"sink_name={name} rate={_RATE_HZ} channels=2 format=float32le norewinds=1"
