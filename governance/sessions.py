"""How long somebody stays logged in: so long as they are at work, and never past a working day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
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
    """Logs out who has been away too long. A visitor without a session is not asked for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and BEGAN in request.session:
            now = timezone.now()
            began, seen = (datetime.fromtimestamp(request.session[name], UTC) for name in (BEGAN, SEEN))
            if has_ended(began, seen, now):
                logout(request)
                messages.info(request, _("You were logged out, because nothing was done for some time. Log in to go on."))
            elif now - seen > NOTED_EVERY:
                request.session[SEEN] = now.timestamp()
        return self.get_response(request)
