"""What is to be done after an item, noted as the meeting said it: a follow-up, or the action that a clause orders."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from wagtail.models import Page

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

    What is noted already, by the same words, is not noted twice: a button was pressed twice, or an answer was lost.

    Args:
        resolution: the clause that orders it; without one it is a follow-up in the action log.
        kind: of the action, one of `ActionKind`.

    Raises:
        ValidationError: a field is missing or wrong.
        Refused: it was said of the clause that it needs no action, or there is no progress page.
    """
    text = text.strip()
    Page.objects.select_for_update().get(pk=item.pk)
    if (noted := _noted_already(item, resolution, text, lead, due_on)) is not None:
        return noted
    if resolution is None:
        return _follow_up(item, text, lead, due_on, by, at)
    title = Truncator(text.rstrip(".")).chars(LONGEST_TITLE)
    said: dict[str, Any] = {"lead_role": lead, "lead_words": lead, "first_due_on": due_on, "due_words": _day_words(due_on)}
    return start_action(resolution=resolution, by=by, title=title, promise=text, kind=kind, at=at, **said)


def _day_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _noted_already(item: AgendaItemPage, resolution: ResolutionPage | None, text: str, lead: str, due_on: date | None) -> Any:
    if resolution is None:
        return FollowUp.objects.filter(item=item, text=text, owner=lead, due_on=due_on, done_on=None).first()
    links = resolution.action_links.filter(action__promise=text, action__lead_role=lead, action__first_due_on=due_on)
    link = links.select_related("action").first()
    return link.action if link else None


def _follow_up(item: AgendaItemPage, text: str, lead: str, due_on: date | None, by: Any, at: datetime | None) -> FollowUp:
    due_words = _day_words(due_on)
    return add_follow_up(item=item, text=text, owner=lead, due_on=due_on, due_words=due_words, by=by, at=at or timezone.now())
