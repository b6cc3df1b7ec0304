"""What is to be done after an item, noted as the meeting said it: a follow-up, or the action that a clause orders."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from minutes.models import AgendaItemPage, FollowUp, ResolutionPage
from minutes.operations.adoption import start_action
from minutes.operations.follow_ups import add_follow_up

LONGEST_TITLE = 80


@transaction.atomic
def note_to_do(
    *,
    item: AgendaItemPage,
    text: str,
    by: Any,
    resolution: ResolutionPage | None = None,
    kind: str = "",
    lead: str = "",
    due_on: date | None = None,
    at: datetime | None = None,
) -> Any:
    """Note what is to be done. Lead and date are those the meeting named; none is made up.

    Args:
        resolution: the clause that orders it; without one it is a follow-up in the action log.
        kind: of the action, one of `ActionKind`.

    Raises:
        ValidationError: a field is missing or wrong.
        Refused: it was said of the clause that it needs no action, or there is no progress page.
    """
    if resolution is None:
        return _follow_up(item, text, lead, due_on, by, at)
    due_words = date_format(due_on, "j F Y") if due_on else ""
    title = Truncator(text.strip().rstrip(".")).chars(LONGEST_TITLE)
    return start_action(
        resolution=resolution,
        by=by,
        title=title,
        promise=text.strip(),
        kind=kind,
        lead_role=lead,
        lead_words=lead,
        first_due_on=due_on,
        due_words=due_words,
        at=at,
    )


def _follow_up(item: AgendaItemPage, text: str, lead: str, due_on: date | None, by: Any, at: datetime | None) -> FollowUp:
    words = date_format(due_on, "j F Y") if due_on else ""
    return add_follow_up(
        item=item, text=text.strip(), owner=lead, due_on=due_on, due_words=words, by=by, at=at or timezone.now()
    )
