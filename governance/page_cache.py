"""Keeps whole public pages for as long as they are certainly true: until something public changes, and at most until the minute ends.

Where a page is kept stands under the public generation (`governance/generations.py`), read before it is looked up. A change raises that
number in its own transaction, so nobody who asks after a commit is shown what was true before it, whatever keeps the pages, and a purge that
is lost shows nothing. All that time alone changes (a date that passes, a deadline, a meeting that begins) does so on a whole minute.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from governance.generations import public_generation
from governance.site_frame import remember_site
from governance.standing_facts import MINUTE, answering, within_a_transaction

logger = logging.getLogger(__name__)

ALIAS = "pages"
LONGEST_ADDRESS = 2_000
LARGEST = 200_000
"""Bytes of the largest page that is kept: with the number of those in a process's memory, the most that they take there."""
MAY_BE_KEPT_IN_FRONT = ("X-Accel-Expires", "@1")
"""Tells nginx to keep a page that was over long ago: it keeps it, and asks before each reader whether it still holds. See decision 97.

nginx reads `no-cache`, which says the same to every other cache, as: do not keep."""
Response = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class KeptPage:
    """A public page as it was sent."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def response(self) -> HttpResponse:
        """The same answer again."""
        answer = HttpResponse(self.body)
        for name, value in self.headers:
            answer[name] = value
        return answer


class PageCacheMiddleware:
    """Answers anonymous readers from the pages that are kept. Who is signed in neither gets nor leaves one."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_readers_in_general(request):
            return self.get_response(request)
        generation = public_generation()
        if generation is None:
            return self.get_response(request)
        return self._kept(request, generation) if may_be_kept(request) else self._made(request, generation)

    def _made(self, request: HttpRequest, generation: int) -> HttpResponse:
        with answering(generation):
            remember_site(request)
            return self.get_response(request)

    def _kept(self, request: HttpRequest, generation: int) -> HttpResponse:
        key = key_of(request, generation)
        kept = _look_up(key)
        if kept is not None:
            return _conditional(request, kept.response())
        response = self._made(request, generation)
        if not is_the_same_for_all(response):
            return response
        response.setdefault("ETag", f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"')
        response.setdefault(*MAY_BE_KEPT_IN_FRONT)
        if request.method == "GET":
            _keep(key, response)
        return _conditional(request, response)


def is_for_readers_in_general(request: HttpRequest) -> bool:
    """Whether what is asked for is read by nobody in particular, outside the admin and the files of the look.

    Within a transaction it is not: what that wrote may still be undone.
    """
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES or within_a_transaction():
        return False
    return not request.path.startswith(_never_public())


def may_be_kept(request: HttpRequest) -> bool:
    """Whether what readers in general ask for may come from the pages that are kept: whole, and not a search."""
    # The search reads an index that is written after the pages, and hardly anybody asks for the same words.
    searches = request.path.startswith(reverse("search"))
    return not searches and "Range" not in request.headers and len(request.get_full_path()) <= LONGEST_ADDRESS


def is_the_same_for_all(response: HttpResponse) -> bool:
    """Whether an answer says nothing to this reader alone."""
    if response.status_code != 200 or response.streaming or response.cookies or len(response.content) > LARGEST:
        return False
    says = response.get("Cache-Control", "")
    return "Cookie" not in response.get("Vary", "") and "no-store" not in says and "private" not in says


def key_of(request: HttpRequest, generation: int) -> str:
    """Where the page of a request is kept: what is public now, this minute, this edition of the software, and the whole address.

    Args:
        request: what is asked for.
        generation: of what is public now.

    Raises:
        DisallowedHost: it is asked of a host that is not ours.
    """
    asked = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = (edition(), generation, int(time.time()) // MINUTE, packed, asked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def edition() -> str:
    """A digest of the templates, modules and stylesheets that pages are made by: after an update no older page is found."""
    root = Path(settings.ROOT)
    folders = ("templates", "governance", "minutes", "home", "site")
    files = sorted(
        path for folder in folders for path in (root / folder).rglob("*.*") if path.suffix in {".html", ".py", ".json"}
    )
    told = [(str(path.relative_to(root)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    stylesheets = getattr(staticfiles_storage, "manifest_hash", "")
    return hashlib.sha256(repr((told, stylesheets)).encode()).hexdigest()


@cache
def _never_public() -> tuple[str, ...]:
    # Whether the server lives is said without the database.
    return (reverse("wagtailadmin_home"), settings.STATIC_URL, *(reverse(name) for name in ("healthz", "readyz", "metrics")))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not None:
        return answer
    if request.method == "HEAD":
        # Its length is said already, by the middleware that made the page.
        response.content = b""
    return response


def _look_up(key: str) -> KeptPage | None:
    try:
        kept: KeptPage | None = caches[ALIAS].get(key)
    except Exception:
        logger.exception("What keeps pages does not answer; they are made anew")
        return None
    return kept


def _keep(key: str, response: HttpResponse) -> None:
    page = KeptPage(response.content, tuple(response.items()))
    try:
        caches[ALIAS].set(key, page, MINUTE)
    except Exception:
        logger.exception("What keeps pages does not answer; this one is not kept")
