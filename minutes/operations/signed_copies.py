"""The signed copy of confirmed minutes: a scan that is checked like every paper and stands beside the minutes, never in their place."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.wording import day
from minutes.enums import PaperKind, PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper, PaperFile
from minutes.operations.paper_files import take_file
from minutes.operations.papers import list_paper, publish_papers

GONE = (PaperState.WITHDRAWN, PaperState.SUPERSEDED)


def signed_copy_of(meeting: MeetingPage) -> Paper | None:
    """The signed copy of a meeting's minutes, whatever its state; None where none is attached or it was withdrawn."""
    papers = Paper.objects.filter(item__path__startswith=meeting.path, kind=PaperKind.SIGNED)
    return papers.exclude(state__in=GONE).order_by("-pk").first()


@transaction.atomic
def attach_signed_copy(*, meeting: MeetingPage, upload: File, by: Any, at: datetime | None = None) -> PaperFile:
    """Attach the scan of the signed minutes. Another one takes the place of the first until that is public.

    Args:
        upload: open for reading, with its size and the name it came under; untrusted.

    Raises:
        Refused: the minutes are not confirmed, have a public signed copy, or it is no file that is taken.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not meeting.is_confirmed:
        raise Refused(_("The minutes of the meeting of %(meeting)s are not confirmed yet.") % {"meeting": meeting})
    paper = signed_copy_of(meeting)
    if paper is not None and paper.state == PaperState.PUBLISHED:
        raise Refused(_("The signed copy is public. A better scan is uploaded to it under “Papers” of the first item."))
    if paper is None:
        item = AgendaItemPage.objects.child_of(meeting).live().order_by("position", "path").first()
        if item is None:
            raise Refused(_("The meeting of %(meeting)s has no public item.") % {"meeting": meeting})
        title = _("Signed minutes of %(day)s") % {"day": day(meeting.starts_at)}
        paper = list_paper(item=item, title=title, kind=PaperKind.SIGNED, by=by, at=at)
    return take_file(paper=paper, upload=upload, by=by, at=at)


@transaction.atomic
def publish_signed_copy(*, meeting: MeetingPage, by: Any, at: datetime | None = None) -> Paper:
    """Publish the signed copy beside the minutes.

    Raises:
        Refused: there is none, it is public already, or its check has not ended well.
    """
    paper = signed_copy_of(meeting)
    if paper is None:
        raise Refused(_("No signed copy is attached."))
    if paper.state == PaperState.PUBLISHED:
        raise Refused(_("The signed copy is public already."))
    published = publish_papers(papers=[paper], by=by, at=at or timezone.now())
    if not published:
        raise Refused(
            _("The signed copy is not checked yet, or something was found in it. Look under “Papers” of the first item.")
        )
    return published[0]
