"""How often one place or one person may ask for what costs something: searching, sending a form, uploading. Enough for an office or a library, too little for a machine."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from governance.visitors import place_of

SEARCHES = frozenset({"search"})
UPLOADS = frozenset(
    {"item_papers", "replace_paper_file", "wagtaildocs:add", "wagtaildocs:add_multiple", "wagtailimages:add"}
) | {"wagtailimages:add_multiple"}
"""Addresses of the admin that take files, by their names."""


@dataclass(frozen=True)
class Limit:
    """So many requests of a kind within so many seconds.

    Attributes:
        name: of the kind, in the key under which it is counted.
    """

    name: str
    most: int
    seconds: int


SEARCH = Limit("search", 120, 60)
FORM = Limit("form", 60, 600)
UPLOAD = Limit("upload", 200, 600)


class RateLimitMiddleware:
    """Tells whoever asks too often to wait, in the site's own look and with the seconds in `Retry-After`.

    A place is counted by a name from which its address cannot be read, kept in the cache for as long as the limit says and nowhere else. While
    the cache is away nothing is counted. Programs on this machine are not slowed down: they look after the site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Count a request of a kind that is limited."""
        limit = limit_of(request)
        if limit is None or is_of_this_machine(request):
            return None
        left = seconds_to_wait(limit, f"user-{request.user.pk}" if limit is UPLOAD else place_of(request))
        return too_often(request, left) if left else None


def limit_of(request: HttpRequest) -> Limit | None:
    """The limit that holds for a request; None for reading pages, which costs little, and for work in the admin."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name in SEARCHES:
        return SEARCH
    if request.method != "POST":
        return None
    if request.path.startswith(reverse("wagtailadmin_home")):
        return UPLOAD if name in UPLOADS else None
    return FORM


def is_of_this_machine(request: HttpRequest) -> bool:
    """Whether a request comes from here, and from no server in front that passes others on."""
    try:
        here = ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
    return here and not settings.SERVERS_IN_FRONT


def seconds_to_wait(limit: Limit, who: str) -> int:
    """Count one more request; how many seconds whoever asks has to wait, 0 while there were not too many.

    Args:
        who: a name for a place or a person.
    """
    now = int(timezone.now().timestamp())
    began = now - now % limit.seconds
    key = f"rate:{limit.name}:{began}:{who}"
    cache.add(key, 0, limit.seconds)
    try:
        asked = cache.incr(key)
    except ValueError:
        # It ran out between the two, or the cache keeps nothing.
        asked = 1
    return began + limit.seconds - now if asked > limit.most else 0


@never_cache
def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """“Wait a little”, with what was typed, so that nothing is lost."""
    typed = [words for name, every in request.POST.lists() if name == "text" for words in every if words.strip()]
    response = render(request, "429.html", {"minutes": -(-seconds // 60), "typed": typed}, status=429)
    response["Retry-After"] = str(seconds)
    return response
