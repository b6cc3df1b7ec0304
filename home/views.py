"""Permanent addresses, and what is shown when nothing is found or something broke."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from governance.middleware import answer_for
from governance.models import Reference
from governance.numbering import reference_slug
from governance.unavailability import is_away
from minutes.models import Paper

logger = logging.getLogger(__name__)

RETRY_AFTER = "60"
"""Seconds after which programs may ask again."""
KEPT_BACK = ("csrf", "password", "token", "code", "secret")
"""Fields of forms that are never shown again, by what is in their names."""


def reference(request: HttpRequest, slug: str) -> HttpResponse:
    """The permanent address of a record: a redirect to wherever it lives now, or its tombstone."""
    found = Reference.objects.select_related("page").filter(slug=reference_slug(slug)).first()
    if found is None:
        raise Http404
    # A paper's reference stands with its item, because a paper is no page.
    if Paper.objects.addressed().filter(slug=found.slug).exists():
        return HttpResponsePermanentRedirect(reverse("paper", args=[found.slug]))
    if found.page.live:
        return HttpResponsePermanentRedirect(found.page.get_url(request))
    answer = answer_for(request, found.page)
    if answer is None:
        raise Http404
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is shown when there is nothing at an address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What is shown when something broke. It asks nothing of the database, which may be what broke.

    What is away, busy or full comes back: then it is said when to try again, and what was typed is given back.
    """
    if is_away(sys.exception()):
        return unavailable(request)
    return render(request, "500.html", status=500)


@never_cache
def unavailable(request: HttpRequest) -> HttpResponse:
    """“Try again in a minute”, with what was typed into a form, which was not saved."""
    response = render(request, "503.html", {"typed": _typed(request)}, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, with their words."""
    try:
        sent = [(name, words) for name, every in request.POST.lists() for words in every]
    except Exception:
        logger.warning("What was typed could not be read", exc_info=True)
        return []
    return [(name, words) for name, words in sent if words.strip() and not any(part in name.lower() for part in KEPT_BACK)]


def locked_out(request: HttpRequest, answer: Any, credentials: Any) -> HttpResponse:
    """What somebody is told after too many wrong passwords: not whether the name exists, and when to try again."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "locked_out.html", {"minutes": minutes}, status=429)
