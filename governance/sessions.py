"""How long somebody stays logged in: so long as they are at work, and never past a working day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

BEGAN, SEEN = "began_at", "seen_at"
NOTED_EVERY = timedelta(minutes=5)
"""So often it is noted that somebody is at work: a write for every request would cost more than it tells."""


def has_ended(began: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session is over: nothing was done for too long, or it is too old whatever was done.

    Args:
        began: when the person logged in.
        seen: when they were last noted to be at work.
    """
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return now - seen > idle + NOTED_EVERY or now - began > timedelta(seconds=settings.SESSION_COOKIE_AGE)


def note_beginning(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Somebody logged in."""
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


class SessionLimitsMiddleware:
    """Logs out who has been away too long, as soon as somebody asks who is there: a page that asks nobody costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _within_limits(request))  # type: ignore[assignment]
        return self.get_response(request)


def _within_limits(request: HttpRequest) -> Any:
    """Who is logged in; nobody once the session is over."""
    user: Any = get_user(request)
    if not user.is_authenticated or BEGAN not in request.session:
        return user
    now = timezone.now()
    began, seen = (datetime.fromtimestamp(request.session[name], UTC) for name in (BEGAN, SEEN))
    if has_ended(began, seen, now):
        request.user = user
        logout(request)
        messages.info(request, _("You were logged out, because nothing was done for some time. Log in to go on."))
        return request.user
    if now - seen > NOTED_EVERY and not _asks_by_itself(request):
        request.session[SEEN] = now.timestamp()
    return user


def _asks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks again for data, which it does at a screen that was left as well. A save is somebody at work."""
    return request.method == "GET" and request.headers.get("Accept", "").startswith("application/json")
