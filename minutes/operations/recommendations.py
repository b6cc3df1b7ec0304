"""What a board recommended to another body stays open until that body's answer is recorded."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.models import ResolutionPage


@transaction.atomic
def record_answer(*, resolution: ResolutionPage, answer: str, by: Any, at: datetime | None = None) -> None:
    """Record what the other body answered. The resolution may be final already: its words do not change.

    Raises:
        Refused: nothing was recommended to anybody, the answer says nothing, or it is recorded already.
    """
    if not resolution.recommended_to:
        raise Refused(_("“%(resolution)s” recommends nothing to another body.") % {"resolution": resolution})
    if not answer.strip():
        raise Refused(_("Give the answer of %(body)s.") % {"body": resolution.recommended_to})
    if resolution.answer_to_recommendation:
        raise Refused(_("The answer of %(body)s is recorded already.") % {"body": resolution.recommended_to})
    ResolutionPage.objects.filter(pk=resolution.pk).update(answer_to_recommendation=answer.strip())
    resolution.refresh_from_db(fields=["answer_to_recommendation"])
    note = _("Answer of %(body)s recorded") % {"body": resolution.recommended_to}
    enter(page=resolution, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
