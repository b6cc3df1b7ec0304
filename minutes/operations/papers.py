"""Papers of an agenda item: listed, then on their way to publication."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import PaperState
from minutes.models import AgendaItemPage, Paper

# A paper becomes public with the agenda or supplement it belongs to, never by being listed.
LISTABLE = frozenset({PaperState.TO_FOLLOW, PaperState.RECEIVED, PaperState.CHECKED})


@transaction.atomic
def list_paper(
    *, item: AgendaItemPage, title: str, kind: str, by: Any, state: str = PaperState.TO_FOLLOW, at: datetime | None = None
) -> Paper:
    """List a paper at the end of an item's papers.

    Raises:
        Refused: the state is one that only publication gives.
        ValidationError: a field is missing or wrong.
    """
    if state not in LISTABLE:
        raise Refused(_("A paper becomes public with its agenda or supplement, not by being listed."))
    paper = Paper(item=item, title=title, kind=kind, state=state, position=item.papers.count() + 1)
    paper.full_clean()
    paper.save()
    enter(
        page=item,
        event=LedgerEvent.STATUS,
        by=by,
        at=at or timezone.now(),
        note=_("Paper listed: %(paper)s") % {"paper": paper},
    )
    return paper
