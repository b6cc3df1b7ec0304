"""What partners send through their links. Everything here waits for somebody to read it; nothing becomes public."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import AnswerKind, AnswerState, RequestKind
from governance.exceptions import Refused
from governance.models import PartnerAnswer, PartnerLink
from governance.operations.partner_links import use_link
from governance.partner_rules import (
    LONGEST_ANSWER,
    OFFERED,
    SENT,
    can_add,
    can_move,
    check_answer,
    filled_in,
    may_answer,
)


@transaction.atomic
def receive_answer(*, link: PartnerLink, kind: str, given: Mapping[str, Any], at: datetime | None = None) -> PartnerAnswer:
    """Keep an answer that came through a link.

    Args:
        kind: one of `AnswerKind`.
        given: what was filled in, by field.

    Raises:
        Refused: the link has ended or was used too often, or the request takes no further answer.
        ValidationError: something is missing or wrong, by field.
    """
    at = at or timezone.now()
    row = use_link(link=link, at=at)
    if not may_answer(row.partner_request, states_of(row)):
        raise Refused(_("You have answered already. You can add to what you sent until it has been read."))
    answer = PartnerAnswer(partner_request=row.partner_request, link=row, kind=kind, received_at=at)
    _fill(answer, given)
    answer.save()
    return answer


def states_of(link: PartnerLink) -> dict[str, str]:
    """How far the latest answer of each kind is that came through a link."""
    return dict(link.answers.order_by("received_at", "pk").values_list("kind", "state"))


@transaction.atomic
def send_again(*, answer: PartnerAnswer, given: Mapping[str, Any], at: datetime | None = None) -> PartnerAnswer:
    """Send a returned answer again, corrected. What it said before is kept.

    Raises:
        Refused: it was not returned, or the link has ended.
        ValidationError: something is missing or wrong, by field.
    """
    at = at or timezone.now()
    row = _through_its_link(answer, at)
    _check_move(row, AnswerState.RECEIVED)
    _remember(row, at, "partner")
    _fill(row, given)
    row.state, row.suggested, row.suggested_by, row.objection = AnswerState.RECEIVED, {}, None, ""
    row.save()
    return row


@transaction.atomic
def add_to_answer(*, answer: PartnerAnswer, text: str, at: datetime | None = None) -> PartnerAnswer:
    """Add a paragraph to what was sent, until somebody has decided on it.

    Raises:
        Refused: there is nothing to add, somebody has decided on it, it is too long, or the link has ended.
    """
    at = at or timezone.now()
    row = _through_its_link(answer, at)
    if not can_add(row.state):
        raise Refused(_("This has been read already, so nothing can be added to it."))
    if not text.strip():
        raise Refused(_("Write what you want to add."))
    field = "confidential" if row.kind == AnswerKind.STUCK else "words"
    whole = "\n\n".join(part for part in (getattr(row, field), text.strip()) if part)
    if len(whole) > LONGEST_ANSWER:
        raise Refused(_("This is too long. Send the most important part, and the rest to democratic services."))
    _remember(row, at, "partner")
    setattr(row, field, whole)
    # Words that were agreed are other words now.
    row.state = AnswerState.RECEIVED
    row.save()
    return row


@transaction.atomic
def agree_to_words(*, answer: PartnerAnswer, at: datetime | None = None) -> PartnerAnswer:
    """The partner takes the words that were suggested. Its own are kept beside them.

    Raises:
        Refused: no other words were suggested, or the link has ended.
    """
    at = at or timezone.now()
    row = _through_its_link(answer, at)
    _check_move(row, AnswerState.AGREED)
    _remember(row, at, "partner")
    for name, words in row.suggested.items():
        setattr(row, name, words)
    row.state, row.suggested = AnswerState.AGREED, {}
    row.save()
    return row


@transaction.atomic
def keep_own_words(*, answer: PartnerAnswer, objection: str = "", at: datetime | None = None) -> PartnerAnswer:
    """The partner keeps its words, and may say why.

    Raises:
        Refused: no other words were suggested, or the link has ended.
    """
    at = at or timezone.now()
    row = _through_its_link(answer, at)
    _check_move(row, AnswerState.NOT_AGREED)
    row.earlier.append({"at": at.isoformat(), "by": "us", "words": row.suggested})
    row.state, row.objection, row.suggested, row.suggested_by = AnswerState.NOT_AGREED, objection.strip(), {}, None
    row.save()
    return row


def _through_its_link(answer: PartnerAnswer, at: datetime) -> PartnerAnswer:
    use_link(link=answer.link, at=at)
    return PartnerAnswer.objects.select_for_update(of=("self",)).select_related("partner_request").get(pk=answer.pk)


def _check_move(answer: PartnerAnswer, to: AnswerState) -> None:
    if not can_move(answer.state, to):
        raise Refused(_("This is not possible any more: look at how far your answer is."))


def _remember(answer: PartnerAnswer, at: datetime, by: str) -> None:
    said: dict[str, Any] = {name: getattr(answer, name) for name in SENT if getattr(answer, name)}
    answer.earlier.append({"at": at.isoformat(), "by": by, "words": said})


def _keys(values: Any) -> list[int]:
    return [int(value) for value in values if str(value).isascii() and str(value).isdigit() and len(str(value)) < 18]


def _fill(answer: PartnerAnswer, given: Mapping[str, Any]) -> None:
    taken = filled_in(answer.kind)
    for name in SENT:
        setattr(answer, name, str(given.get(name, "")).strip() if name in taken else "")
    tells = answer.kind == AnswerKind.UPDATE and answer.partner_request.kind == RequestKind.NEWS
    offered = set(answer.partner_request.action.milestones.filter(done_on=None).values_list("pk", flat=True)) if tells else ()
    answer.done_milestones = [key for key in _keys(given.get("done_milestones", ())) if key in offered]
    answer.says_completed = tells and bool(given.get("says_completed"))
    problems = check_answer(answer, OFFERED[answer.partner_request.kind])
    if problems:
        raise ValidationError({field: [message] for field, message in problems.items()})
    answer.clean_fields(exclude={field.name for field in answer._meta.fields} - set(SENT))
