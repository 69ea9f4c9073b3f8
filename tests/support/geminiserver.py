"""A server with the shapes of Google's generateContent; it misbehaves to order. It is no test."""

import base64
from typing import Any

from imageserver import Answer, Call, ImageServer, as_json, picture

KEY = "AIzaSyTest3fT9qLmZ0aVx7RbW2cYdE5"
USAGE = {"promptTokenCount": 60, "candidatesTokenCount": 1120, "totalTokenCount": 1180}


class GeminiServer(ImageServer):
    def __init__(self) -> None:
        super().__init__()
        self.answers = [painted]

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1beta"


def painted(call: Call, server: ImageServer) -> Answer:
    """Words and a signature stand before the picture, as they do on the real server."""
    width, height = call.json["generationConfig"]["imageConfig"]["aspectRatio"].split(":")
    data = base64.b64encode(picture((int(width) * 72, int(height) * 72), len(server.calls))).decode()
    return of_parts(
        {"text": "Here is your picture."},
        {"thoughtSignature": "c2ln"},
        {"inlineData": {"mimeType": "image/png", "data": data}, "thoughtSignature": "c2ln"},
    )


def of_parts(*parts: dict[str, Any], finish: str = "STOP") -> Answer:
    candidate = {"content": {"parts": list(parts), "role": "model"}, "finishReason": finish, "index": 0}
    return as_json({"candidates": [candidate], "usageMetadata": USAGE, "modelVersion": "test"})


def without_picture(finish: str) -> Answer:
    """A success without a picture, and often without content at all."""
    return as_json({"candidates": [{"finishReason": finish, "index": 0}], "usageMetadata": USAGE})


def blocked(reason: str) -> Answer:
    return as_json({"promptFeedback": {"blockReason": reason}, "usageMetadata": {"promptTokenCount": 60}})


def fault(code: int, status: str, message: str, *details: dict[str, Any]) -> Answer:
    error = {"code": code, "message": message, "status": status, "details": list(details)}
    return as_json({"error": error}, code)


def retry_in(delay: str) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}


def quota(name: str) -> dict[str, Any]:
    violation = {"quotaMetric": "generate_requests", "quotaId": name}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}


def reason(name: str) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": name, "domain": "googleapis.com"}
