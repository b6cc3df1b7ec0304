"""What a board recommended to another body stays open until that body's answer is recorded."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.models import ResolutionPage


@transaction.atomic
def record_answer(
    *, resolution: ResolutionPage, answer: str, by: Any, on: date | None = None, at: datetime | None = None
) -> None:
    """Record what the other body answered. The resolution may be final already: its words do not change.

    Args:
        on: the day of the answer; today unless said.

    Raises:
        Refused: nothing was recommended to anybody, the answer says nothing, its day has not come, or it is recorded already.
    """
    at = at or timezone.now()
    on = on or timezone.localdate(at)
    resolution = ResolutionPage.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    if not resolution.recommended_to:
        raise Refused(_("“%(resolution)s” recommends nothing to another body.") % {"resolution": resolution})
    if not answer.strip():
        raise Refused(_("Give the answer of %(body)s.") % {"body": resolution.recommended_to})
    if resolution.answer_to_recommendation:
        raise Refused(_("The answer of %(body)s is recorded already.") % {"body": resolution.recommended_to})
    if on > timezone.localdate(at):
        raise Refused(_("The day of the answer is still to come."))
    ResolutionPage.objects.filter(pk=resolution.pk).update(answer_to_recommendation=answer.strip(), answered_on=on)
    note = _("Answer of %(body)s recorded") % {"body": resolution.recommended_to}
    enter(page=resolution, event=LedgerEvent.STATUS, by=by, at=at, note=note)
