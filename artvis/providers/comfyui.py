"""The back end `comfyui`: a workflow is queued, waited for and its picture fetched.

It asks every half second instead of listening on a socket, and paints one picture at a time. What a workflow is made
of stands in `comfygraph`, what ComfyUI's refusals mean in `comfyfaults`.
"""

import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from artvis import paths
from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.model.sections import ComfyUISection
from artvis.prompt.compose import Prompt
from artvis.providers import comfyfaults, imagecheck
from artvis.providers.comfygraph import Graph, Value, filled, marks, read_graph
from artvis.providers.http import IMAGE_BYTES_MAX, Form, Reply
from artvis.providers.imagesize import size_for_diffusion
from artvis.providers.jsonserver import JsonServer
from artvis.providers.promptsyntax import plain
from artvis.providers.provider import CONTINUED_STRENGTH, GeneratedImage

_LOOK_S: Final = 0.5


class ComfyUIProvider:
    """A ComfyUI server with a workflow: our own plain one, or the person's."""

    name = "comfyui"
    paid = False
    networked = True

    def __init__(self, settings: ComfyUISection, *, ca_bundle: str = "", look_s: float = _LOOK_S) -> None:
        """Raises InputError where the workflow cannot be used."""
        own = Path(settings.workflow).expanduser() if settings.workflow else None
        self._anew = read_graph(own or paths.resource("comfyui", "anew.json"))
        self._over = self._anew if own else read_graph(paths.resource("comfyui", "over.json"))
        self.continues = "image" in marks(self._over)
        self.model = own.stem if own else "as loaded there"
        self._look_s = look_s
        self._server = JsonServer(self.name, base_url=settings.base_url, ca_bundle=ca_bundle)
        self._cancelled = threading.Event()

    def __repr__(self) -> str:
        return f"ComfyUIProvider(at {self._server.host!r})"

    def estimate_usd(self, _prompt: Prompt) -> float:
        return 0.0

    def generate(
        self,
        prompt: Prompt,
        *,
        deadline_s: float,
        idempotency_key: str,  # noqa: ARG002 - each try is a job of its own; one too many costs nothing
        image: Pixels | None = None,
    ) -> GeneratedImage:
        self._cancelled.clear()
        ends_s, job = time.monotonic() + deadline_s, str(uuid.uuid4())
        graph = self._over if image is not None and self.continues else self._anew
        values = self._values(prompt, marks(graph), image, ends_s)
        try:
            job = self._queue(filled(graph, values), job, ends_s)
            place = comfyfaults.first_picture(self._outcome(job, ends_s))
            data = self._file(place, ends_s)
        except (ProviderError, KeyboardInterrupt) as error:
            if not isinstance(error, ProviderError) or error.kind in {"cancelled", "timeout"}:
                self._withdraw(job)
            raise
        pixels = imagecheck.resize(imagecheck.check(data), prompt.size)
        model = str(values.get("checkpoint", self.model))
        return GeneratedImage(pixels, self.name, model, prompt.seed, 0.0)

    def health(self) -> str:
        return f"comfyui: at {self._server.host}, without cost"

    def cancel(self) -> None:
        self._cancelled.set()
        self._server.cancel()

    def close(self) -> None:
        self._cancelled.set()
        self._server.close()

    def _values(
        self, prompt: Prompt, wanted: frozenset[str], image: Pixels | None, ends_s: float
    ) -> Mapping[str, Value]:
        width, height = size_for_diffusion(prompt.size)
        values: dict[str, Value] = {
            "prompt": plain(prompt.positive),
            "negative": plain(prompt.negative),
            "seed": prompt.seed,
            "width": width,
            "height": height,
            "strength": 1.0 if image is None else CONTINUED_STRENGTH,
        }
        if "checkpoint" in wanted:
            values["checkpoint"] = self._checkpoint(ends_s)
        if "image" in wanted:
            values["image"] = self._upload(image, prompt.size, ends_s)
        return values

    def _checkpoint(self, ends_s: float) -> str:
        """The first model that the server has."""
        found = self._server.read(self._server.ask("GET", "/models/checkpoints", ends_s=ends_s))
        names = sorted(name for name in found if isinstance(name, str)) if isinstance(found, list) else []
        if not names:
            raise ProviderError(
                "model",
                "comfyui has no model: put one into its folder models/checkpoints, or name a workflow.",
            )
        return names[0]

    def _upload(self, image: Pixels | None, size: tuple[int, int], ends_s: float) -> str:
        """The name under which the server has the picture to be painted on; grey where there is none yet."""
        pixels = comfyfaults.grey(size) if image is None else image
        form: Form = {"image": ("artvis.png", imagecheck.as_png(pixels)), "overwrite": (None, b"true")}
        reply = self._server.read_object(self._server.ask("POST", "/upload/image", ends_s=ends_s, form=form))
        folder, name = reply.get("subfolder"), reply.get("name")
        return f"{folder}/{name}" if folder else str(name)

    def _queue(self, graph: Graph, job: str, ends_s: float) -> str:
        """The id under which the server has the job."""
        payload = {"prompt": graph, "client_id": job, "prompt_id": job}
        reply = self._server.ask("POST", "/prompt", ends_s=ends_s, payload=payload)
        fault = comfyfaults.of_validation(reply)
        if fault is not None:
            if reply.is_success:  # what is sound of the graph was queued all the same
                self._withdraw(_id_in(self._server.read_object(reply), job))
            raise fault
        return _id_in(self._server.read_object(reply), job)

    def _outcome(self, job: str, ends_s: float) -> Mapping[str, Any]:
        """The outputs of a job, when it has run. A job that somebody has deleted is in no list any more."""
        while True:
            entry = self._history(job, ends_s)
            if entry is None and not self._is_queued(job, ends_s):
                entry = self._history(job, ends_s)  # it has ended between the two questions, or it is gone
                if entry is None:
                    raise ProviderError(
                        "request", "comfyui no longer has this picture in its queue: somebody has deleted it."
                    )
            if entry is not None:
                return comfyfaults.outputs_of(entry)
            if time.monotonic() + self._look_s > ends_s:
                raise ProviderError("timeout", "comfyui did not finish the picture in time.")
            if self._cancelled.wait(self._look_s):
                raise ProviderError("cancelled", "The painting was cancelled.")

    def _history(self, job: str, ends_s: float) -> Mapping[str, Any] | None:
        found = self._server.read_object(self._server.ask("GET", f"/history/{job}", ends_s=ends_s))
        entry = found.get(job)
        return entry if isinstance(entry, dict) else None

    def _is_queued(self, job: str, ends_s: float) -> bool:
        reply = self._server.ask("GET", "/queue", ends_s=ends_s)
        return job.encode() in reply.body if reply.is_success else True

    def _file(self, place: Mapping[str, str], ends_s: float) -> bytes:
        reply: Reply = self._server.ask(
            "GET", f"/view?{urlencode(place)}", ends_s=ends_s, bytes_max=IMAGE_BYTES_MAX
        )
        if not reply.is_success:
            raise self._server.refused(reply)
        return reply.body

    def _withdraw(self, job: str) -> None:
        """Takes the job out of the queue, and stops it if it runs: never the job of somebody else."""
        self._server.tell("POST", "/queue", {"delete": [job]})
        queue = self._server.tell("GET", "/queue")
        running = queue.get("queue_running") if isinstance(queue, dict) else None
        if isinstance(running, list) and any(isinstance(row, list) and job in row for row in running):
            self._server.tell("POST", "/interrupt", {"prompt_id": job})


def _id_in(answer: Mapping[str, Any], job: str) -> str:
    """The server's own id, where it does not take ours."""
    given = answer.get("prompt_id")
    return given if isinstance(given, str) and given.replace("-", "").isalnum() else job
