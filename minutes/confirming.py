"""At which meeting minutes may be confirmed. Pure: it takes meetings and asks no database.

They are confirmed at the meeting itself or at the next suitable one; an extraordinary meeting is passed over (Local Government Act
1972, Schedule 12, paragraph 41; SI 1993/202, Schedule 2).
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.lineage import path_above
from minutes.enums import NOT_HELD
from minutes.legal_clock import NOT_SUITABLE
from minutes.policies import is_ahead


def can_confirm_at(meeting: Any, at_meeting: Any) -> bool:
    """Whether a meeting is of the kind, and of the time, at which the minutes of another are confirmed."""
    if meeting.pk == at_meeting.pk:
        return True
    return bool(
        at_meeting.starts_at > meeting.starts_at and at_meeting.kind not in NOT_SUITABLE and at_meeting.status not in NOT_HELD
    )


def check_confirms_at(meeting: Any, at_meeting: Any, *, boards: Collection[str], on: date) -> None:
    """Refuse a meeting at which these minutes cannot have been confirmed.

    Args:
        meeting: whose minutes they are.
        at_meeting: where they are to have been confirmed.
        boards: the places in the tree of the boards that may: the meeting's own, and those that took over from it.
        on: today.

    Raises:
        Refused: it is another board's, came before, was called off, has not been held yet, or is no suitable kind.
    """
    if path_above(at_meeting) not in boards:
        raise Refused(_("The meeting of %(meeting)s is of another board.") % {"meeting": at_meeting})
    if is_ahead(at_meeting, on):
        raise Refused(_("The meeting of %(meeting)s has not taken place yet.") % {"meeting": at_meeting})
    if not can_confirm_at(meeting, at_meeting):
        raise Refused(
            _(
                "Minutes are confirmed at the next suitable meeting. The meeting of %(meeting)s came before, was called off, or is "
                "an extraordinary meeting or a workshop."
            )
            % {"meeting": at_meeting}
        )
