"""A server with the shapes of ComfyUI, as seen on 0.3.64, with its traps; it misbehaves to order. It is no test."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from imageserver import Answer, Call, ImageServer, as_json, picture

FAILED_GRAPH: dict[str, Any] = {
    "type": "prompt_outputs_failed_validation",
    "message": "Prompt outputs failed validation",
    "details": "",
    "extra_info": {},
}


class ComfyUIServer(ImageServer):
    """Queues, runs for `looks` questions, and serves the picture.

    `answers` are those to POST /prompt; `status` is how a job ends; `deleted`: a job is in no list and no history.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers = [queued]
        self.checkpoints = ["sdxl.safetensors", "flux.safetensors"]
        self.looks = 1
        self.status: dict[str, Any] = {"status_str": "success", "completed": True, "messages": []}
        self.outputs: dict[str, Any] = {"9": {"images": [place("a_00001_.png", "", "output")]}}
        self.picture = picture((96, 64), 2)
        self.jobs: list[str] = []
        self.told: list[tuple[str, Any]] = []
        self.uploads: list[Call] = []
        self.views: list[dict[str, list[str]]] = []
        self.deleted = False

    @property
    def base_url(self) -> str:
        return self.origin

    def answer(self, call: Call) -> Answer:
        path = urlsplit(call.path).path
        if (call.method, path) == ("POST", "/prompt"):
            return super().answer(call)
        return self._shown(call, path) if call.method == "GET" else self._done(call, path)

    def _shown(self, call: Call, path: str) -> Answer:
        if path == "/view":
            self.views.append(parse_qs(urlsplit(call.path).query, keep_blank_values=True))
            return Answer(200, self.picture, {"Content-Type": "image/png"})
        if path == "/models/checkpoints":
            return as_json(self.checkpoints)
        if path == "/queue":
            running = [] if self.deleted else [[number, job, {}] for number, job in enumerate(self.jobs)]
            return as_json({"queue_running": running, "queue_pending": []})
        return as_json(self._history(path.rpartition("/")[2]))

    def _done(self, call: Call, path: str) -> Answer:
        if path == "/upload/image":
            self.uploads.append(call)
            return as_json({"name": "artvis.png", "subfolder": "", "type": "input"})
        self.told.append((path.lstrip("/"), json.loads(call.body)))
        return Answer(200, b"", {})

    def _history(self, job: str) -> dict[str, Any]:
        self.looks -= 1
        if self.deleted or self.looks >= 0 or job not in self.jobs:
            return {}
        self.jobs.remove(job)
        return {job: {"prompt": [], "outputs": self.outputs, "status": self.status}}


def place(filename: str, subfolder: str, kind: str) -> dict[str, str]:
    return {"filename": filename, "subfolder": subfolder, "type": kind}


def queued(call: Call, server: ImageServer) -> Answer:
    assert isinstance(server, ComfyUIServer)
    server.jobs.append(call.json["prompt_id"])
    return as_json({"prompt_id": call.json["prompt_id"], "number": 0, "node_errors": {}})


def half_queued(call: Call, server: ImageServer) -> Answer:
    """One output of the graph is sound, and is queued; the other is not: a success with node_errors."""
    answer = json.loads(queued(call, server).body)
    return as_json({**answer, "node_errors": node_errors("required_input_missing", "images")})


def node_errors(kind: str, field: str, details: str = "") -> dict[str, Any]:
    error = {
        "type": kind,
        "message": kind.replace("_", " ").capitalize(),
        "details": details or field,
        "extra_info": {"input_name": field},
    }
    return {"9": {"errors": [error], "dependent_outputs": ["9"], "class_type": "SaveImage"}}


def invalid(kind: str, field: str, details: str = "") -> Answer:
    return as_json({"error": FAILED_GRAPH, "node_errors": node_errors(kind, field, details)}, 400)


def failed(kind: str, **fields: Any) -> dict[str, Any]:
    """The status of a job that ended badly: interrupted ones end as errors too."""
    messages = [
        ["execution_start", {"timestamp": 1}],
        [kind, {"node_id": "3", "node_type": "KSampler", **fields}],
    ]
    return {"status_str": "error", "completed": False, "messages": messages}
