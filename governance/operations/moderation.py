"""Deciding on what partners sent: approve it, return it with a comment, or suggest other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.enums import OPEN_STATUSES, ActionStatus, AnswerKind, AnswerState, RequestKind
from governance.exceptions import Refused
from governance.models import MilestoneDone, PartnerAnswer, ProgressUpdatePage
from governance.operations.mail import queue_mail
from governance.operations.partner_links import KIND, mail_link, send_link
from governance.operations.partners import record_acknowledgement, record_cascade, settle_request
from governance.operations.publishing import add_record
from governance.partner_rules import HOLDS_AFTER_DUE, LONGEST_ANSWER, SETTLES, can_move, changed_words
from governance.publication import Publication
from governance.wording import day

STARTED = OPEN_STATUSES - {ActionStatus.PROPOSED, ActionStatus.AGREED}


@dataclass(frozen=True)
class AsNews:
    """How an answer becomes news.

    Attributes:
        title: what the news is called.
        status: where the action stands with it.
        publish: whether it is public at once, or a draft first.
        milestones: the keys of the steps that it says are done.
    """

    title: str
    status: str = ActionStatus.UNDER_WAY
    publish: bool = True
    milestones: Sequence[int] = ()


def usual_news(answer: PartnerAnswer) -> AsNews:
    """What an approver would usually choose."""
    action, organisation = answer.partner_request.action, answer.partner_request.organisation
    status = action.status if action.status in STARTED else ActionStatus.UNDER_WAY
    on = day(answer.received_at)
    return AsNews(
        _("%(organisation)s reports, %(day)s") % {"organisation": organisation, "day": on},
        status,
        milestones=answer.done_milestones,
    )


@transaction.atomic
def approve_answer(*, answer: PartnerAnswer, by: Any, news: AsNews | None = None, at: datetime | None = None) -> PartnerAnswer:
    """Approve an answer: it becomes news credited to the organisation, or moves the request on.

    Args:
        news: how it becomes news, where it is an answer to a wish for news; the usual way unless said.

    Raises:
        Refused: it does not wait to be decided on, or the approver wrote it.
        ValidationError: the news leaves something out.
    """
    at = at or timezone.now()
    row = _locked(answer, AnswerState.APPROVED)
    _check_approver(row, by)
    row.state, row.decided_at, row.decided_by = AnswerState.APPROVED, at, by
    if row.kind == AnswerKind.UPDATE and row.partner_request.kind == RequestKind.NEWS:
        row.update = _become_news(row, news or usual_news(row), by, at)
    row.save(update_fields=["state", "decided_at", "decided_by", "update"])
    _move_request_on(row, by, at)
    _tell_partner(row)
    return row


@transaction.atomic
def return_answer(*, answer: PartnerAnswer, comment: str, by: Any, at: datetime | None = None) -> PartnerAnswer:
    """Return an answer to the partner with a comment, by mail with the same link.

    Raises:
        Refused: there is no comment, or it does not wait to be decided on.
    """
    if not comment.strip():
        raise Refused(_("Say what is missing or should be different."))
    row = _locked(answer, AnswerState.RETURNED)
    row.state, row.comment = AnswerState.RETURNED, comment.strip()
    at = at or timezone.now()
    row.decided_at, row.decided_by = at, by
    row.save(update_fields=["state", "comment", "decided_at", "decided_by"])
    _ask_again(
        row, at, _("Please look again at what you sent"), [_("We have read what you sent. Before it goes on:"), row.comment]
    )
    return row


@transaction.atomic
def suggest_words(*, answer: PartnerAnswer, words: Mapping[str, str], by: Any, at: datetime | None = None) -> PartnerAnswer:
    """Suggest other words for an answer. They are the partner's only once it has agreed to them.

    Args:
        words: the new words by field, such as `words` or `next_step`.

    Raises:
        Refused: nothing is different, the main text would be empty, or it does not wait to be decided on.
    """
    row = _locked(answer, AnswerState.TO_AGREE)
    if row.is_confidential:
        raise Refused(_("What is told in confidence is not edited: nothing of it becomes public."))
    changes = {name: new for name, _old, new in changed_words(row.texts, {k: v.strip() for k, v in words.items()})}
    if not changes:
        raise Refused(_("The words are the same as before."))
    if not changes.get("words", row.words) or max(map(len, changes.values())) > LONGEST_ANSWER:
        raise Refused(_("The main text cannot be empty, and no text can be longer than what a partner may send."))
    row.state, row.suggested, row.suggested_by = AnswerState.TO_AGREE, changes, by
    row.save(update_fields=["state", "suggested", "suggested_by"])
    said = _("We suggest other words for what you sent. They become yours only if you agree: the link shows both.")
    _ask_again(row, at or timezone.now(), _("Do you agree to these words?"), [said])
    return row


def keep_credited_words(publication: Publication) -> None:
    """News that is credited to a partner is published in the words that the partner sent or agreed to.

    Raises:
        Refused: they were changed on the way.
    """
    page = publication.page
    answer = PartnerAnswer.objects.filter(update_id=page.pk).first()
    if answer is None:
        return
    published = {**{name: getattr(page, name) for name in answer.texts if name != "words"}, "words": page.what_changed}
    if changed_words(answer.texts, published):
        raise Refused(
            _("These are the words of %(organisation)s. Whoever wants others adds an update of their own.")
            % {"organisation": page.organisation}
        )


def _locked(answer: PartnerAnswer, to: AnswerState) -> PartnerAnswer:
    rows = PartnerAnswer.objects.select_for_update(of=("self",))
    row = rows.select_related("link", "partner_request__organisation", "partner_request__action__board").get(pk=answer.pk)
    if not can_move(row.state, to):
        raise Refused(_("This answer does not wait for you: %(state)s.") % {"state": row.get_state_display()})
    return row


def _check_approver(answer: PartnerAnswer, by: Any) -> None:
    if by.email and by.email.casefold() == answer.link.email.casefold():
        raise Refused(_("The link was sent to you, so somebody else approves what came through it."))
    if answer.suggested_by_id == by.pk:
        raise Refused(_("You suggested words of this answer, so somebody else approves it."))


def _become_news(answer: PartnerAnswer, news: AsNews, by: Any, at: datetime) -> ProgressUpdatePage:
    asked = answer.partner_request
    if not asked.action.live:
        raise Refused(_("The action is no longer public, so it has no news."))
    on = timezone.localdate(answer.received_at)
    page = ProgressUpdatePage(
        title=news.title,
        date=on,
        status=news.status,
        confidence=answer.confidence,
        what_changed=answer.words,
        organisation=asked.organisation,
        **{name: words for name, words in answer.texts.items() if name != "words"},
    )
    for step in asked.action.milestones.filter(pk__in=news.milestones, done_on=None):
        page.milestones_done.add(MilestoneDone(milestone=step, done_on=on))
    added: ProgressUpdatePage = add_record(parent=asked.action, page=page, by=by, at=at, publish=news.publish)
    return added


def _move_request_on(answer: PartnerAnswer, by: Any, at: datetime) -> None:
    asked, on = answer.partner_request, timezone.localdate(answer.received_at)
    if answer.kind == AnswerKind.COLLEAGUE:
        send_link(request=asked, email=answer.colleague_email, by=by, at=at)
    elif answer.kind == AnswerKind.HEARD and asked.acknowledged_on is None:
        record_acknowledgement(request=asked, on=on, by=by, at=at)
    elif answer.kind == AnswerKind.PASSED_ON and asked.cascaded_on is None:
        record_cascade(request=asked, on=on, by=by, at=at)
    elif answer.kind in SETTLES and asked.reported_on is None:
        # What it is not the one to ask for is for us to know; a report and a remark are for everybody.
        is_public = asked.kind == RequestKind.CASCADE and answer.kind == AnswerKind.UPDATE
        response = answer.words if is_public or answer.kind == AnswerKind.NOTHING_NEW else ""
        settle_request(request=asked, outcome=SETTLES[answer.kind], on=on, response=response, by=by, at=at)


def _ask_again(answer: PartnerAnswer, at: datetime, subject: str, parts: list[str]) -> None:
    """Mail the same link; where it was about to end, or has ended, it holds for some weeks more."""
    link = answer.link
    if link.revoked_at is not None:
        raise Refused(_("The link was called back, so the partner cannot answer through it. Send a new one instead."))
    link.expires_at = max(link.expires_at, at + HOLDS_AFTER_DUE)
    link.save(update_fields=["expires_at"])
    key = f"{KIND}:{link.pk}:again:{answer.pk}:{len(answer.earlier)}:{answer.state}"
    mail_link(link=link, key=key, kind=KIND, subject=subject, text="\n\n".join([_("Hello,"), *parts]))


def _tell_partner(answer: PartnerAnswer) -> None:
    action = answer.partner_request.action
    if answer.is_confidential:
        said = _("We have read what you told us in confidence, and will be in touch. Nothing of it becomes public.")
    else:
        said = _("We have read what you sent, and it has gone on. Thank you.")
    shown = answer.update if answer.update is not None and answer.update.live else action
    address = absolute(shown.get_url())
    text = "\n\n".join([_("Hello,"), said, _("What the public can read of this promise: %(address)s") % {"address": address}])
    subject = _("Thank you for your answer")
    key = f"partner-thanks:{answer.pk}"
    queue_mail(key=key, to=answer.link.email, subject=subject, text=f"{text}\n", kind="partner_thanks", about=action)
