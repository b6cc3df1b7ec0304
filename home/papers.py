"""Papers as they are read: streamed from the private store, or why they are not there any more."""

import logging

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.middleware import answer_for
from home.sending import Sent, send
from minutes.enums import PaperState
from minutes.models import EmergencyWithdrawal, Paper, PaperFile

logger = logging.getLogger(__name__)


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The file of a public paper; the reason where it was withdrawn; the way to the one that took its place.

    Raises:
        Http404: no paper of that name was ever public. Those that are not public yet have no name.
    """
    found = Paper.objects.addressed().with_files().select_related("item").filter(slug=slug).first()
    if found is None:
        raise Http404
    if not found.item.live:
        return _answer_of_item(request, found)
    if found.state == PaperState.PUBLISHED:
        return _sent(request, found) if found.shown else HttpResponseRedirect(found.item.get_url(request))
    return _gone(request, found)


@require_safe
def former_version(request: HttpRequest, slug: str, version: int) -> HttpResponseBase:
    """A version that was replaced says so and leads to the current one.

    Raises:
        Http404: it was never public.
    """
    found = Paper.objects.addressed().with_files().select_related("item").filter(slug=slug).first()
    if found is None:
        raise Http404
    if not found.item.live:
        return _answer_of_item(request, found)
    if found.state == PaperState.PUBLISHED and found.shown and found.shown.version == version:
        return _sent(request, found)
    if not PaperFile.objects.once_public().filter(paper=found, version=version).exists():
        raise Http404
    return _gone(request, found)


def _answer_of_item(request: HttpRequest, found: Paper) -> HttpResponseBase:
    """The tombstone of the item that a paper belongs to.

    Raises:
        Http404: it has none.
    """
    answer = answer_for(request, found.item)
    if answer is None:
        raise Http404
    return answer


def _gone(request: HttpRequest, found: Paper) -> HttpResponseBase:
    """What stands at the address of a file that is not shown any more."""
    current = (
        found if found.state == PaperState.PUBLISHED else Paper.objects.public().filter(replaces=found).order_by("-pk").first()
    )
    hidden = EmergencyWithdrawal.objects.filter(taken_paper=found).exists()
    return render(request, "home/paper_gone.html", {"paper": found, "current": current, "hides_title": hidden}, status=410)


def _sent(request: HttpRequest, found: Paper) -> HttpResponseBase:
    """The file.

    Raises:
        Http404: the store has lost it, which the log tells.
    """
    file = found.shown
    if file is None or not file.copy.storage.exists(str(file.copy.name)):
        logger.error("The file of %s is not in the store", found.reference)
        raise Http404
    changed = file.published_at or file.uploaded_at
    sent = Sent(file=file.copy, size=file.bytes or 0, checksum=file.copy_sha256, changed=changed, name=f"{found.slug}.pdf")
    return send(request, sent)
