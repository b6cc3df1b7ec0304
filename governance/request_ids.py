"""A name for every request, so that what the log says of it can be found; and logs that programs can read."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="-")


def request_id(given: str | None) -> str:
    """The name that a server in front gave a request, or a new one where it gave none that can be trusted in a log."""
    return given if given and _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


class RequestIdFilter(logging.Filter):
    """Tells every line of the log which request it belongs to; `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the name. No line is left out."""
        # What Django says of an answer it says after the last middleware, but it names the request.
        record.request_id = getattr(getattr(record, "request", None), "request_id", _current.get())
        return True


class RequestIdMiddleware:
    """Names the request, for the log and for the one who asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.request_id = request_id(request.headers.get("X-Request-ID"))  # type: ignore[attr-defined]
        token = _current.set(name)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = name
            return response
        finally:
            _current.reset(token)
