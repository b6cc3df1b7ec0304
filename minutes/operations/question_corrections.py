"""Putting words of a question right that were shown: the question keeps its own, and both are read unless the old ones must not be."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.enums import QUESTION_SHOWN, QuestionPart
from minutes.models import PublicQuestion, QuestionCorrection
from minutes.operations.corrections import check_words
from minutes.rewording import Rewording, whole_words


@transaction.atomic
def correct_question(
    *,
    question: PublicQuestion,
    part: str,
    old_words: str,
    new_words: str,
    reason: str,
    by: Any,
    hides: bool = False,
    at: datetime | None = None,
) -> QuestionCorrection:
    """Record how words of an accepted, answered or declined question are to be read, everywhere it is shown.

    Args:
        part: one of `QuestionPart`.
        hides: whether the old words are shown no more: they name somebody, or tell of their health.

    Raises:
        Refused: nobody outside has seen it yet, something is left out, or the old words do not stand there just once.
    """
    row = PublicQuestion.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=question.pk)
    change, name = Rewording(old_words.strip(), new_words.strip()), QuestionPart(part)
    _check(row, name, change, reason)
    at = at or timezone.now()
    made = QuestionCorrection.objects.create(
        question=row,
        part=name,
        old_words=change.old_words,
        new_words=change.new_words,
        hides=hides,
        reason=reason.strip(),
        at=at,
        by=by,
    )
    # The ledger is public for ever: it says that words were corrected, never which.
    note = _("%(kind)s corrected: %(part)s") % {"kind": row.get_kind_display(), "part": name.label}
    enter(page=row.meeting, event=LedgerEvent.CORRECTED, by=by, at=at, note=note)
    return made


def _check(question: PublicQuestion, part: QuestionPart, change: Rewording, reason: str) -> None:
    if question.state not in QUESTION_SHOWN:
        raise Refused(_("Nobody outside has seen this yet: change its words themselves."))
    check_words(change)
    if not reason.strip():
        raise Refused(_("A correction needs the reason: it is shown beside it."))
    if len(whole_words(change.old_words).findall(question.as_read(part))) != 1:
        words = {"words": change.old_words, "part": str(part.label).lower()}
        raise Refused(
            _("“%(words)s” must stand just once in %(part)s. Copy the words as they stand, with some around them.") % words
        )
