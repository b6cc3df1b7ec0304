"""What people said, and our answers."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.enums import PointAnswer
from governance.exceptions import Refused
from governance.models import LedgerEvent, Point
from governance.operations.ledger import enter


@transaction.atomic
def record_point(
    *,
    about: Page,
    text: str,
    source: str,
    raised_on: date,
    by: Any,
    raised_by: str = "",
    publish: bool = False,
    at: datetime | None = None,
) -> Point:
    """Record something people said about a record, by group and never by name.

    Args:
        about: the record it is about.
        source: how it reached us.
        raised_by: the group, such as “some partners”.
        publish: whether it is shown to the public at once, before it has an answer.

    Raises:
        ValidationError: a field is missing or wrong.
    """
    point = Point(about_id=about.pk, text=text, source=source, raised_on=raised_on, raised_by=raised_by, published=publish)
    point.full_clean()
    point.save()
    _tell(point, _("A point was recorded"), by, at)
    return point


@transaction.atomic
def answer_point(*, point: Point, kind: str, answer: str, on: date, by: Any, at: datetime | None = None) -> None:
    """Answer a point in public: what was done, will be done, or cannot be done and why. A later answer replaces an earlier one.

    Raises:
        Refused: the answer says nothing, or comes before the point was raised.
    """
    if kind == PointAnswer.WAITING or not answer.strip():
        raise Refused(_("Say what was done, what will be done, or why it cannot be done."))
    if on < point.raised_on:
        raise Refused(_("A point cannot be answered before it was raised."))
    point.answer_kind, point.answer, point.answered_on, point.published = kind, answer.strip(), on, True
    point.full_clean()
    point.save(update_fields=["answer_kind", "answer", "answered_on", "published"])
    _tell(point, _("A point was answered: %(kind)s") % {"kind": point.get_answer_kind_display()}, by, at)


def _tell(point: Point, note: str, by: Any, at: datetime | None) -> None:
    enter(page=point.about.specific, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
