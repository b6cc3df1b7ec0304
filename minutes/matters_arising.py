"""What arises from earlier meetings: the board's open actions, and the partners who were asked to report back and have not."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from governance.enums import OPEN_STATUSES
from governance.models import ActionPage, BoardPage, PartnerRequest
from governance.partner_rules import is_outstanding


@dataclass
class Matter:
    """One open action.

    Attributes:
        outstanding: the names of partners whose answer is overdue.
    """

    action: ActionPage
    outstanding: list[str] = field(default_factory=list)


def matters_of(board: BoardPage) -> list[Matter]:
    """The open actions of a board that are public, the first due first, in two queries."""
    today = timezone.localdate()
    live = ActionPage.objects.live().filter(board=board.pk, status__in=OPEN_STATUSES).select_related("lead_organisation")
    actions = sorted(live, key=lambda action: (action.due_on is None, action.due_on or today, action.pk))
    outstanding: dict[int, list[str]] = defaultdict(list)
    asked = PartnerRequest.objects.public().filter(action__in=[action.pk for action in actions], reported_on=None)
    for row in asked.select_related("organisation"):
        if is_outstanding(row, today):
            outstanding[row.action_id].append(row.organisation.name)
    return [Matter(action, outstanding[action.pk]) for action in actions]
