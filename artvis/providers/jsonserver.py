"""A server that is asked in JSON: where it is, how a success is read, and what its refusals mean.

It knows no back end's fields; `http` holds time and size, `faults` the meaning of refusals.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from artvis.errors import ProviderError
from artvis.providers.faults import error_of
from artvis.providers.http import JSON_BYTES_MAX, Form, Limits, Reply, Wire

WITHDRAWAL_S: Final = 1.0
"""A server that is told to drop a picture is not waited for longer than this."""


class JsonServer:
    """The server of the back end `who`; `secret` is never quoted back."""

    def __init__(
        self,
        who: str,
        *,
        base_url: str,
        model: str = "that was asked for",
        headers: Mapping[str, str] | None = None,
        secret: str = "",
        ca_bundle: str = "",
        now_unix_s: Callable[[], float] = time.time,
    ) -> None:
        self._who = who
        self._model = model
        self._secret = secret
        self._now_unix_s = now_unix_s
        self.base_url = base_url.rstrip("/")
        self.own_headers: Mapping[str, str] = headers or {}
        self.wire = Wire(who, ca_bundle=ca_bundle)
        self._aside = Wire(who, ca_bundle=ca_bundle)  # what cancels a picture must not be cancelled with it

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or self.base_url

    def ask(
        self,
        method: str,
        path: str,
        *,
        ends_s: float,
        payload: object = None,
        form: Form | None = None,
        headers: Mapping[str, str] | None = None,
        bytes_max: int = JSON_BYTES_MAX,
    ) -> Reply:
        """The answer, whatever its status, until `ends_s` of time.monotonic(). Raises ProviderError."""
        return self.wire.send(
            method,
            f"{self.base_url}{path}",
            limits=Limits(ends_s, bytes_max),
            headers={**self.own_headers, **(headers or {})},
            payload=payload,
            form=form,
        )

    def tell(self, method: str, path: str, payload: object = None) -> object:
        """Asks beside a call that is being given up; what it answers, None where it does not."""
        limits = Limits(time.monotonic() + WITHDRAWAL_S, JSON_BYTES_MAX)
        try:
            reply = self._aside.send(
                method, f"{self.base_url}{path}", limits=limits, headers=self.own_headers, payload=payload
            )
            return json.loads(reply.body)
        except (ProviderError, ValueError, RecursionError):
            return None

    def read(self, reply: Reply) -> Any:
        """The JSON of a success. Raises ProviderError for anything else."""
        if 300 <= reply.status < 400:
            raise ProviderError(
                "request",
                f"{self._who} has moved, HTTP {reply.status}: check providers.{self._who}.base_url.",
            )
        if not reply.is_success:
            raise self.refused(reply)
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError) as error:
            what = "a web page" if reply.body.lstrip()[:1] == b"<" else "something that is no JSON"
            raise ProviderError(
                "badimage",
                f"{self._who} answered with {what} instead of a picture: check providers.{self._who}.base_url.",
                billed=True,
            ) from error

    def read_object(self, reply: Reply) -> dict[str, Any]:
        """The same, where an object is wanted."""
        body = self.read(reply)
        if not isinstance(body, dict):
            raise self.without_picture()
        return body

    def without_picture(self) -> ProviderError:
        """For a success in which there is none."""
        return ProviderError("badimage", f"{self._who} answered without a picture.", billed=True)

    def refused(self, reply: Reply) -> ProviderError:
        return error_of(
            reply.status,
            reply.headers,
            reply.body,
            who=self._who,
            model=self._model,
            secret=self._secret,
            now_unix_s=self._now_unix_s(),
        )

    def cancel(self) -> None:
        self.wire.cancel()

    def close(self) -> None:
        self.wire.close()
        self._aside.close()
