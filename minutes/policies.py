"""When something may be done to a meeting: one table of transitions, and checks that raise or answer."""

from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.enums import STATUS_NEEDS_REASON, MeetingStatus

MEETING_TRANSITIONS: dict[str, frozenset[MeetingStatus]] = {
    MeetingStatus.SCHEDULED: frozenset(
        {
            MeetingStatus.AGENDA_PUBLISHED,
            MeetingStatus.HELD,
            MeetingStatus.DRAFT_MINUTES,
            MeetingStatus.POSTPONED,
            MeetingStatus.CANCELLED,
        }
    ),
    MeetingStatus.AGENDA_PUBLISHED: frozenset(
        {
            MeetingStatus.HELD,
            MeetingStatus.DRAFT_MINUTES,
            MeetingStatus.INQUORATE,
            MeetingStatus.POSTPONED,
            MeetingStatus.CANCELLED,
        }
    ),
    MeetingStatus.HELD: frozenset({MeetingStatus.DRAFT_MINUTES, MeetingStatus.ADJOURNED, MeetingStatus.INQUORATE}),
    MeetingStatus.DRAFT_MINUTES: frozenset({MeetingStatus.CONFIRMED, MeetingStatus.HELD}),
    MeetingStatus.CONFIRMED: frozenset(),
    MeetingStatus.POSTPONED: frozenset({MeetingStatus.SCHEDULED, MeetingStatus.CANCELLED}),
    MeetingStatus.CANCELLED: frozenset(),
    MeetingStatus.ADJOURNED: frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
    MeetingStatus.INQUORATE: frozenset({MeetingStatus.DRAFT_MINUTES}),
}


def can_become(before: str, after: str) -> bool:
    """Whether a meeting may pass from one state to another."""
    return MeetingStatus(after) in MEETING_TRANSITIONS[before]


def check_become(meeting: Any, after: str, reason: str = "") -> None:
    """Refuse a transition that the table does not have, or one without the reason it needs.

    Raises:
        Refused: saying which.
    """
    if not can_become(meeting.status, after):
        raise Refused(
            _("The meeting of %(meeting)s is “%(before)s”, so it cannot become “%(after)s”.")
            % {"meeting": meeting, "before": meeting.get_status_display(), "after": MeetingStatus(after).label}
        )
    if after in STATUS_NEEDS_REASON and not reason.strip():
        raise Refused(_("Give the reason: it is shown on the meeting's page."))


def check_takes_minutes(meeting: Any) -> None:
    """Refuse minutes for a meeting that is confirmed or was never held.

    Raises:
        Refused: naming the meeting and why.
    """
    if meeting.status == MeetingStatus.CONFIRMED:
        raise Refused(
            _("The minutes of the meeting of %(meeting)s are confirmed, so nothing can be added to them.")
            % {"meeting": meeting}
        )
    if meeting.status in {MeetingStatus.CANCELLED, MeetingStatus.POSTPONED}:
        raise Refused(
            _("The meeting of %(meeting)s is “%(state)s”, so it has no minutes.")
            % {"meeting": meeting, "state": meeting.get_status_display()}
        )
