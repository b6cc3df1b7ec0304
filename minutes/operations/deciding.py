"""Publishing what a meeting decided, before its minutes are written, and asking for the sheet of decisions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.operations.publishing import publish_record, taken_out_at_once
from minutes.enums import MeetingStatus, PackKind
from minutes.models import MeetingPage, ResolutionPage
from minutes.operations.meetings import set_status
from minutes.operations.minuting import in_agenda_order
from minutes.operations.packing import ask_for_pack
from minutes.policies import can_become, check_publishes_decisions, check_takes_minutes


def decisions_to_publish(meeting: MeetingPage) -> list[ResolutionPage]:
    """The resolutions of a meeting that are still drafts, in the order of its agenda."""
    drafts = (
        ResolutionPage.objects.descendant_of(meeting)
        .filter(live=False)
        .exclude(pk__in=taken_out_at_once())
        .order_by("position", "path")
    )
    return in_agenda_order(meeting, drafts)


@transaction.atomic
def publish_decisions(*, meeting: MeetingPage, by: Any, at: datetime | None = None) -> list[ResolutionPage]:
    """Publish every resolution of a meeting that is still a draft, all or none, and ask for the decision sheet.

    What was carried is adopted, and final. The minutes follow later.

    Raises:
        Refused: there is none, the meeting has not taken place, was called off, or its minutes are confirmed.
    """
    at = at or timezone.now()
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_takes_minutes(meeting)
    check_publishes_decisions(meeting, timezone.localdate(at))
    drafts = decisions_to_publish(meeting)
    if not drafts:
        raise Refused(_("The meeting of %(meeting)s has no decisions left to publish.") % {"meeting": meeting})
    if meeting.status != MeetingStatus.DRAFT_MINUTES and can_become(meeting.status, MeetingStatus.HELD):
        set_status(meeting=meeting, status=MeetingStatus.HELD, by=by, at=at)
    published = [publish_record(page=draft.get_latest_revision_as_object(), by=by, at=at) for draft in drafts]
    ask_for_pack(meeting=meeting, kind=PackKind.DECISIONS, by=by, at=at)
    return published
