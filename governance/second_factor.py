"""Whether somebody has shown a second factor in this session, and where whoever has not is led."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator

SAFE_METHODS = frozenset({"GET", "HEAD"})
ALWAYS_OPEN = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})


class SecondFactorNeeded(Exception):
    """Somebody may do what they ask for, once they have shown a second factor. Whoever meets it is led there and comes back."""


def second_factor_given(request: HttpRequest, *, within: int = 0) -> bool:
    """Whether whoever asks has shown a second factor in this session, by one that is still theirs; yes where none is asked for.

    Args:
        within: minutes, the longest time since; 0 for as long as the session lasts.
    """
    if settings.SECOND_FACTOR == "off":
        return True
    records = get_authentication_records(request, request.user)
    if any(_vouched_for(record) for record in records):
        return True
    since = time.time() - within * 60 if within else 0.0
    shown = {record["id"] for record in records if record["method"] == "mfa" and record["at"] >= since}
    # What was taken away because it is lost or stolen opens nothing in sessions that are open still.
    return bool(shown) and Authenticator.objects.filter(pk__in=shown, user=request.user.pk).exists()


def _vouched_for(record: dict[str, Any]) -> bool:
    """Whether somebody came by single sign-on whose server asks everybody for a second factor itself."""
    server = settings.SINGLE_SIGN_ON
    return record["method"] == "socialaccount" and server is not None and server.asks_second_factor


def require_second_factor(request: HttpRequest) -> None:
    """Let nobody past who has not shown a second factor. What is sent is asked for it only if none was ever given in the session.

    Raises:
        SecondFactorNeeded: the person is led to it.
    """
    within = settings.SECOND_FACTOR_MINUTES if request.method in SAFE_METHODS else 0
    if not second_factor_given(request, within=within):
        raise SecondFactorNeeded


def lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page where a second factor is given or set up, from where the person comes back."""
    return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': request.get_full_path()}, safe='/')}")


class SecondFactorMiddleware:
    """Leads to the second factor whoever needs one; where everybody does, before anything of the admin is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Keep the admin shut where everybody who works there needs a second factor."""
        if settings.SECOND_FACTOR != "everyone" or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        match = request.resolver_match
        if (match is not None and match.url_name in ALWAYS_OPEN) or not request.user.is_authenticated:
            return None
        return None if second_factor_given(request) else lead_to_second_factor(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead there whoever met a door that asks for it."""
        return lead_to_second_factor(request) if isinstance(exception, SecondFactorNeeded) else None
