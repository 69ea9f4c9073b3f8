"""What ComfyUI's answers mean: a graph that is refused, a job that failed, and where the picture lies.

Tracebacks hold file paths of the server: of them nothing is read.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from artvis.errors import ProviderError
from artvis.model.artwork import Pixels
from artvis.providers.http import Reply
from artvis.providers.redaction import cleaned

_SIZE_HINT: Final = "; a smaller art.size needs less memory"


def of_validation(reply: Reply) -> ProviderError | None:
    """The fault in an answer to a queued graph, or None.

    A graph of which one output is sound and another is not is answered with 200, and with node_errors.
    """
    if reply.status not in {200, 400}:
        return None
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    found = body.get("node_errors") if isinstance(body, dict) else None
    nodes = [node for node in found.values() if isinstance(node, dict)] if isinstance(found, dict) else []
    for node in nodes:
        for error in node.get("errors") or ():
            if isinstance(error, dict):
                return _of_node(node, error, reply.status)
    return None


def outputs_of(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The outputs of a job that has run. Raises ProviderError for one that failed or was stopped."""
    status = entry.get("status")
    if not isinstance(status, dict) or status.get("status_str") != "error":
        outputs = entry.get("outputs")
        return outputs if isinstance(outputs, dict) else {}
    kind, detail = _last_message(status.get("messages"))
    if kind == "execution_interrupted":
        raise ProviderError("cancelled", "Somebody has stopped this picture in ComfyUI.")
    said = cleaned(str(detail.get("exception_message", "")).partition("\n")[0]).rstrip(".")
    node = cleaned(str(detail.get("node_type", "")))
    words = ": ".join(part for part in (node, said) if part) or "it does not say why"
    hint = _SIZE_HINT if "OutOfMemory" in str(detail.get("exception_type", "")) else ""
    raise ProviderError("server", f"comfyui could not finish the picture ({words}){hint}.")


def first_picture(outputs: Mapping[str, Any]) -> Mapping[str, str]:
    """Where the first picture lies: saved ones before previews. Raises ProviderError where there is none."""
    found = [
        {name: str(image.get(name, "")) for name in ("filename", "subfolder", "type")}
        for output in outputs.values()
        if isinstance(output, dict)
        for image in output.get("images") or ()
        if isinstance(image, dict)
    ]
    if not found:
        raise ProviderError(
            "badimage", "The workflow of comfyui saved no picture: it needs a SaveImage node."
        )
    return min(found, key=lambda place: place["type"] != "output")


def grey(size: tuple[int, int]) -> Pixels:
    """For a workflow that wants a picture before there is one."""
    return np.full((size[1], size[0], 3), 128, np.uint8)


def _of_node(node: Mapping[str, Any], error: Mapping[str, Any], status: int) -> ProviderError:
    extra = error.get("extra_info")
    field = str(extra.get("input_name", "")) if isinstance(extra, dict) else ""
    is_model = error.get("type") == "value_not_in_list" and field.endswith("_name")
    said = cleaned(f"{node.get('class_type', '')}: {error.get('message', '')}, {error.get('details', '')}")
    sentence = f"comfyui cannot run the workflow ({said.rstrip('., ')})."
    return ProviderError("model" if is_model else "request", sentence, http_status=status)


def _last_message(messages: object) -> tuple[str, Mapping[str, Any]]:
    rows = messages if isinstance(messages, list) else []
    for row in reversed(rows):
        if isinstance(row, list) and len(row) == 2 and row[0] in {"execution_error", "execution_interrupted"}:
            return row[0], row[1] if isinstance(row[1], dict) else {}
    return "", {}
