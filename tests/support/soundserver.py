"""A sound server for tests: a private PulseAudio or PipeWire with two sinks that lead nowhere.

It runs as root or not, and without a card. Whoever plays into a sink can be heard on its monitor, as system audio is
heard on a real machine.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN, SECOND = "artvis_main", "artvis_second"
_RATE_HZ = 48_000
_WAIT_S = 10.0


class SoundServer:
    """One PulseAudio under `folder`; `env` is what its clients need."""

    programs = ("pulseaudio",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "XDG_CONFIG_HOME": str(folder / "xdg"),
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        for name in ("runtime", "state", "xdg"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "cookie").write_bytes(os.urandom(256))
        (folder / "cookie").chmod(0o600)
        (folder / "client.conf").write_text(
            f"autospawn = no\ndefault-server = unix:{self._socket}\nenable-shm = no\n"
        )

    def start(self) -> None:
        """Start the server and wait until it answers and has its sinks."""
        for program in self.programs:
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is missing; scripts/setup installs it")
        self._socket.unlink(missing_ok=True)
        self._launch()
        self._await_answer()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server as a crash would be seen by its clients; `start` brings a new one up at the same address."""
        processes, self._processes = self._processes, []
        for process in processes:
            process.send_signal(how)
        for process in processes:
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(3)

    def freeze(self) -> None:
        """Let the server hang: it keeps its sockets and does nothing."""
        for process in self._processes:
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGCONT)

    def plug(self, name: str, *, channels: int = 2) -> None:
        """Bring a sink (back), as plugging in headphones does."""
        if name not in self.sinks():
            self.pactl("load-module", "module-null-sink", *_sink(name, channels).split())

    def unplug(self, name: str) -> None:
        for line in self.pactl("list", "short", "modules").splitlines():
            number, module, arguments = (*line.split("\t"), "", "")[:3]
            if module == "module-null-sink" and f"sink_name={name} " in arguments:
                self.pactl("unload-module", number)

    def default(self, name: str) -> None:
        self.pactl("set-default-sink", name)

    def sinks(self) -> list[str]:
        return [line.split("\t")[1] for line in self.pactl("list", "short", "sinks").splitlines()]

    def play(self, wav: Path, *, sink: str = MAIN, channel_map: str = "") -> subprocess.Popen[bytes]:
        """Play a WAV file into a sink, unmixed where the order of its channels is given; whoever starts it ends it."""
        words = [f"--channel-map={channel_map}", "--no-remix"] if channel_map else []
        return subprocess.Popen(
            ["paplay", f"--device={sink}", *words, str(wav)], env={**os.environ, **self.env}
        )

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

    def recorders(self) -> dict[int, str]:
        """Who records (the id of the process), and from which source."""
        sources = dict(line.split("\t")[:2] for line in self.pactl("list", "short", "sources").splitlines())
        found = {}
        for part in self.pactl("list", "source-outputs").split("Source Output #")[1:]:
            process = re.search(r'application\.process\.id = "(\d+)"', part)
            source = re.search(r"^\s*Source: (\d+)$", part, re.MULTILINE)
            if process and source:
                found[int(process[1])] = sources.get(source[1], "")
        return found

    @property
    def _socket(self) -> Path:
        return self.folder / "native"

    def _launch(self) -> None:
        script = self.folder / "default.pa"
        script.write_text(
            "".join(f"load-module module-null-sink {_sink(name)}\n" for name in (MAIN, SECOND))
            + f"load-module module-native-protocol-unix socket={self._socket} "
            + f"auth-cookie={self.folder / 'cookie'}\n"
            + f"set-default-sink {MAIN}\nset-default-source {MAIN}.monitor\n"
        )
        # -n: none of the system's own script. HOME: ~/.config/pulse of whoever runs the tests stays untouched.
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--realtime=no"]
        options += ["--high-priority=no", "--use-pid-file=no", "--log-target=stderr", "-F", str(script)]
        self._spawn(["pulseaudio", *options])

    def _spawn(self, command: Sequence[str], extra: Mapping[str, str] | None = None) -> None:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**os.environ, **self.env, "HOME": str(self.folder), **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)

    def _await_answer(self) -> None:
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end and all(process.poll() is None for process in self._processes):
            try:
                self.pactl("info")
            except subprocess.CalledProcessError:
                time.sleep(0.05)  # the server gives no sign of its own that its socket is open
            else:
                return
        self.stop()
        raise RuntimeError(f"{self.programs[0]} did not answer; its log is {self.folder / 'log'}")


class PipeWireServer(SoundServer):
    """One PipeWire in PulseAudio's clothes, with a session manager on a bus of its own."""

    programs = ("pipewire", "wireplumber", "pipewire-pulse", "dbus-daemon")

    def start(self) -> None:
        super().start()
        for name in (MAIN, SECOND):
            self.plug(name)
        self.default(MAIN)

    def default(self, name: str) -> None:
        """It knows a new sink a little later than it names it, and may forget a default that is set before."""
        end = time.monotonic() + _WAIT_S
        while True:
            try:
                super().default(name)
                if self.pactl("get-default-sink").strip() == name:
                    return
            except subprocess.CalledProcessError:
                if time.monotonic() > end:
                    raise
            time.sleep(0.02)

    @property
    def _socket(self) -> Path:
        return self.folder / "runtime" / "native"

    def _launch(self) -> None:
        bus = self.folder / "runtime" / "bus"
        bus.unlink(missing_ok=True)
        places = {
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}",
        }
        self._spawn(["dbus-daemon", "--session", f"--address=unix:path={bus}", "--nofork", "--nopidfile"])
        self._await_file(bus)
        self._spawn(["pipewire"], places)
        self._await_file(self.folder / "runtime" / "pipewire-0")
        self._spawn(["wireplumber"], places)
        self._spawn(["pipewire-pulse"], places)

    def _await_file(self, path: Path) -> None:
        end = time.monotonic() + _WAIT_S
        while not path.exists():
            if time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"{path} did not appear; the log is {self.folder / 'log'}")
            time.sleep(0.01)


def _sink(name: str, channels: int = 2) -> str:
    # norewinds: 50 ms of buffer in place of 2 s; without it the first sound after a silence comes up to 2 s late.
    return f"sink_name={name} rate={_RATE_HZ} channels={channels} format=float32le norewinds=1"
