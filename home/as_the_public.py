"""Asking the site as somebody does who is not logged in: through every middleware, in this process, without the network."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

PORTS = {"http": "80", "https": "443"}


class Visitor:
    """Somebody who is not logged in. One can ask many addresses."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str, method: str = "GET") -> Any:
        """What the site answers.

        Args:
            address: within the site, with its query.
            method: HEAD where the content is not wanted.
        """
        site, asked = urlsplit(settings.WAGTAILADMIN_BASE_URL), urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            # As a web server hands it over (PEP 3333): bytes, each written as a letter.
            "PATH_INFO": unquote(asked.path).encode().decode("latin-1"),
            "QUERY_STRING": asked.query,
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or PORTS[site.scheme]),
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
        return self._handler.get_response(WSGIRequest(environ))
