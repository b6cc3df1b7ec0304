"""Permanent addresses, and what is shown when nothing is found or something broke."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from governance.middleware import answer_for
from governance.models import Reference
from governance.numbering import reference_slug
from minutes.models import Paper


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
    """What is shown when something broke. It asks nothing of the database, which may be what broke."""
    return render(request, "500.html", status=500)


def locked_out(request: HttpRequest, answer: Any, credentials: Any) -> HttpResponse:
    """What somebody is told after too many wrong passwords: not whether the name exists, and when to try again."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "locked_out.html", {"minutes": minutes}, status=429)
