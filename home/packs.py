"""Issued packs as they are read: streamed from the private store, never made when they are read."""

import logging
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.addresses import absolute
from governance.middleware import answer_for
from governance.permissions import may_publish_for
from governance.second_factor import require_second_factor
from home.members import meetings_of_boards, own_boards
from home.restricted import sealed_pack
from home.sending import Sent, send
from minutes.enums import PackEdition, PackState
from minutes.models import Pack
from minutes.public_packs import current_version
from minutes.restricted_reading import sections_open_to

logger = logging.getLogger(__name__)


@require_safe
def issued_pack(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A pack for the public. One that was withdrawn says why; an earlier version is still read.

    Raises:
        Http404: nothing of that name was ever issued to the public.
    """
    found = Pack.objects.public().filter(slug=slug).select_related("meeting").first()
    if found is not None:
        return _sent(request, found)
    gone = Pack.objects.withdrawn().filter(slug=slug).select_related("meeting").first()
    if gone is not None:
        return render(request, "home/pack_withdrawn.html", {"pack": gone, "current": current_version(gone)}, status=410)
    below = Pack.objects.of_withdrawn_meetings().filter(slug=slug).select_related("meeting").first()
    answer = answer_for(request, below.meeting) if below is not None else None
    if answer is None:
        raise Http404
    return answer


@require_safe
@login_required
def members_pack(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A pack for those who sit on its board, and for those who publish for it.

    Raises:
        Http404: there is none of that name for this person.
        SecondFactorNeeded: they have to give a second factor first.
    """
    found = Pack.objects.for_members().filter(slug=slug).select_related("meeting").first()
    if found is None or not may_read(request.user, found):
        raise Http404
    require_second_factor(request)
    sections = sections_open_to(request.user, found) if found.edition != PackEdition.PRINT_SET else []
    return sealed_pack(request, found, sections) if sections else _sent(request, found, private=True)


@require_safe
@login_required
def members_closed_pack(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is not for publication of a print set, a file of its own.

    Raises:
        Http404: there is none of that name for this person.
        SecondFactorNeeded: they have to give a second factor first.
    """
    found = Pack.objects.for_members().filter(slug=slug, edition=PackEdition.PRINT_SET).select_related("meeting").first()
    sections = sections_open_to(request.user, found) if found is not None and may_read(request.user, found) else []
    if found is None or not sections:
        raise Http404
    require_second_factor(request)
    return sealed_pack(request, found, sections)


def may_read(user: Any, found: Pack) -> bool:
    """Whether the person reads the members' packs of its board."""
    meeting = found.meeting
    return meetings_of_boards(own_boards(user)).filter(pk=meeting.pk).exists() or may_publish_for(user, meeting)


def _sent(request: HttpRequest, found: Pack, *, private: bool = False) -> HttpResponseBase:
    """The file.

    Raises:
        Http404: the store has lost it, which the log tells.
    """
    if found.issued_at is None or not found.file.storage.exists(str(found.file.name)):
        logger.error("The file of %s is not in the store: %s", found.reference, found.file.name)
        raise Http404
    sent = Sent(
        file=found.file,
        size=found.bytes or 0,
        checksum=found.sha512,
        changed=found.issued_at,
        name=f"{found.slug}.pdf",
        private=private,
    )
    answer = send(request, sent)
    latest = current_version(found) if found.state == PackState.SUPERSEDED and not private else None
    if latest is not None:
        answer["Link"] = f'<{absolute(reverse("pack", args=[latest.slug]))}>; rel="latest-version"'
    return answer
