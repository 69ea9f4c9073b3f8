"""A server with the shapes of AUTOMATIC1111's API, as its source has them; it misbehaves to order.

It is no test; `sd_cpp` answers as the server of stable-diffusion.cpp does, which knows neither info nor interrupt.
"""

import base64
import json
from typing import Any

from imageserver import Answer, Call, ImageServer, as_json, picture

NOT_FOUND = as_json({"detail": "Not Found"}, 404)


class A1111Server(ImageServer):
    """`answers` are those to txt2img and img2img; `told` are the paths of everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = [painted]
        self.told: list[str] = []
        self.sd_cpp = False

    def answer(self, call: Call) -> Answer:
        if call.path in {"/sdapi/v1/txt2img", "/sdapi/v1/img2img"}:
            return super().answer(call)
        self.told.append(call.path)
        if call.path == "/sdapi/v1/interrupt" and not self.sd_cpp:
            return as_json({})
        return Answer(404, b"", {}) if self.sd_cpp else NOT_FOUND


def painted(call: Call, server: ImageServer) -> Answer:
    data = picture((max(64, call.json["width"] // 4), max(64, call.json["height"] // 4)), len(server.calls))
    info = json.dumps({"seed": call.json["seed"], "sd_model_name": "dreamer_v8", "infotexts": ["x"]})
    return of_images([base64.b64encode(data).decode()], info)


def of_images(images: list[str], info: str = "") -> Answer:
    return as_json({"images": images, "parameters": {"prompt": "x"}, "info": info})


def fault(status: int, name: str, detail: str = "", errors: str = "") -> Answer:
    """As the web UI's own handler writes every exception."""
    body: dict[str, Any] = {"error": name, "detail": detail, "body": "", "errors": errors}
    return as_json(body, status)
