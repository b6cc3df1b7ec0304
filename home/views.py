"""Permanent addresses, packs, and what is shown when nothing is found or something broke."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date

from governance.middleware import answer_for
from governance.models import Reference
from governance.numbering import reference_slug
from minutes.models import Pack


def reference(request: HttpRequest, slug: str) -> HttpResponse:
    """The permanent address of a record: a redirect to wherever it lives now, or its tombstone."""
    found = Reference.objects.select_related("page").filter(slug=reference_slug(slug)).first()
    if found is None:
        raise Http404
    if found.page.live:
        return HttpResponsePermanentRedirect(found.page.get_url(request))
    answer = answer_for(request, found.page)
    if answer is None:
        raise Http404
    return answer


def pack(request: HttpRequest, slug: str) -> FileResponse:
    """An issued pack of a public meeting, streamed from the private store. Never made when it is read."""
    found = get_object_or_404(Pack.objects.public(), slug=slug)
    response = FileResponse(found.file.open("rb"), content_type="application/pdf", filename=f"{slug}.pdf")
    if found.issued_at:
        response["Last-Modified"] = http_date(found.issued_at.timestamp())
    response["X-Content-Type-Options"] = "nosniff"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is shown when there is nothing at an address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What is shown when something broke. It asks nothing of the database, which may be what broke."""
    return render(request, "500.html", status=500)
