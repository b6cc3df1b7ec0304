"""Letters for print, at an address of their own for each update."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date

from governance.look import LookMissing
from governance.models import ProgressUpdatePage, Reference
from home.letters import Letter, LettersBusy, kept_letter, letter_of, make_letter
from minutes.packs.render import SectionFailed


def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter of an update. The worker makes it when the update is published; here it is made once more at most."""
    reference = get_object_or_404(Reference, slug=slug)
    update = ProgressUpdatePage.objects.filter(pk=reference.page_id).live().first()
    found = letter_of(update) if update else None
    if found is None:
        raise Http404
    try:
        file = kept_letter(found) or make_letter(found)
    except (LettersBusy, SectionFailed, LookMissing):
        return _not_now(request, found)
    response = HttpResponse(file.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _not_now(request: HttpRequest, found: Letter) -> HttpResponse:
    answer = render(request, "home/letters/not_now.html", {"update": found.update}, status=503)
    answer["Retry-After"] = "60"
    return answer
