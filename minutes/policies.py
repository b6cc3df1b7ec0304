"""When something may be done to a meeting: one table of transitions, and checks that raise or answer."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from minutes.enums import NOT_HELD, STATUS_NEEDS_REASON, TOOK_PLACE, MeetingStatus

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


def is_ahead(meeting: Any, on: date) -> bool:
    """Whether the day of a meeting is still to come, so that nothing can have happened at it."""
    return bool(meeting.day > on)


def check_become(meeting: Any, after: str, *, on: date, reason: str = "") -> None:
    """Refuse a transition that the table does not have, one without the reason it needs, or one before its day.

    Args:
        meeting: with its `status` and its `day`.
        after: the state it is to pass to.
        on: the day on which that is done.
        reason: why, for the states that need it.

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
    if after in TOOK_PLACE:
        check_day_has_come(meeting, on)


def check_day_has_come(meeting: Any, on: date) -> None:
    """Refuse to say what happened at a meeting before its day.

    Raises:
        Refused: naming the meeting.
    """
    if is_ahead(meeting, on):
        raise Refused(
            _("The meeting of %(meeting)s has not taken place yet, so it has no minutes and no decisions.")
            % {"meeting": meeting}
        )


def check_publishes_decisions(meeting: Any, on: date) -> None:
    """Refuse to make a minute or a resolution of a meeting public when the meeting did not happen, or not yet.

    Raises:
        Refused: naming the meeting and why.
    """
    _check_not_called_off(meeting)
    check_day_has_come(meeting, on)


def check_takes_minutes(meeting: Any) -> None:
    """Refuse minutes for a meeting that is confirmed or was called off. Drafts may be prepared before the day.

    Raises:
        Refused: naming the meeting and why.
    """
    if meeting.status == MeetingStatus.CONFIRMED:
        raise Refused(
            _("The minutes of the meeting of %(meeting)s are confirmed, so nothing can be added to them.")
            % {"meeting": meeting}
        )
    _check_not_called_off(meeting)


def _check_not_called_off(meeting: Any) -> None:
    if meeting.status in NOT_HELD:
        raise Refused(
            _("The meeting of %(meeting)s is “%(state)s”, so it has no minutes.")
            % {"meeting": meeting, "state": meeting.get_status_display()}
        )
