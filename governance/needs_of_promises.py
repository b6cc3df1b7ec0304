"""What waits to be done about promises: late news, dates that pass, partners who owe an answer, what people wrote."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.enums import OPEN_STATUSES, TO_DECIDE, AnswerKind, CommentState
from governance.models import (
    ActionPage,
    ApprovalRequest,
    Comment,
    PartnerAnswer,
    PartnerRequest,
    ProgressUpdatePage,
    Removal,
    RemovalKind,
    Service,
)
from governance.needs_doing import MOST_OF_A_SOURCE, Need, Worker

_SHOWN = MOST_OF_A_SOURCE + 1


def news_due(worker: Worker) -> Iterator[Need]:
    """Actions whose next public news is due."""
    due = _open_actions(worker).filter(next_news_on__lte=worker.until).order_by("next_news_on")
    for action in due[:_SHOWN]:
        yield _of_action(action, worker, _("Write news of “%(title)s”"), action.next_news_on)


def promises_due(worker: Worker) -> Iterator[Need]:
    """Actions whose date passes."""
    due = _open_actions(worker).filter(due_on__lte=worker.until).order_by("due_on")
    for action in due[:_SHOWN]:
        yield _of_action(action, worker, _("Complete “%(title)s”, or agree another date"), action.due_on)


def to_look_at_again(worker: Worker) -> Iterator[Need]:
    """Completed actions whose outcome was to be looked at again."""
    ended = ActionPage.objects.live().filter(board__in=worker.writes_for, look_again_on__lte=worker.until)
    for action in ended.order_by("look_again_on")[:_SHOWN]:
        yield _of_action(action, worker, _("Look again at what came of “%(title)s”"), action.look_again_on)


def partners_to_chase(worker: Worker) -> Iterator[Need]:
    """Requests whose answer is late."""
    late = PartnerRequest.objects.filter(
        action__board__in=worker.writes_for, reported_on=None, closed_as="", due_on__lt=worker.today
    )
    for asked in late.select_related("action", "organisation").order_by("due_on")[:_SHOWN]:
        words = _("Ask %(organisation)s again about “%(title)s”") % {
            "organisation": asked.organisation,
            "title": asked.action.title,
        }
        yield Need(
            words=words,
            about=_board_of(asked.action, worker),
            address=reverse("partner_request", args=[asked.pk]),
            due_on=asked.due_on,
        )


def own_answers_due(worker: Worker) -> Iterator[Need]:
    """What a partner's own organisation was asked."""
    asked_of = PartnerRequest.objects.filter(
        organisation__in=worker.answers_for, reported_on=None, closed_as="", due_on__lte=worker.until
    )
    for asked in asked_of.select_related("action", "organisation").order_by("due_on")[:_SHOWN]:
        yield Need(
            words=_("Report on “%(title)s”") % {"title": asked.action.title},
            about=str(asked.organisation),
            address=reverse("wagtailadmin_explore", args=[asked.action_id]),
            due_on=asked.due_on,
        )


def answers_to_decide(worker: Worker) -> Iterator[Need]:
    """Answers that partners sent and nobody has decided on."""
    for boards, in_confidence in ((worker.publishes_for, False), (worker.writes_for, True)):
        waiting = PartnerAnswer.objects.filter(partner_request__action__board__in=boards, state__in=TO_DECIDE)
        kept = waiting.filter(kind=AnswerKind.STUCK) if in_confidence else waiting.exclude(kind=AnswerKind.STUCK)
        asked = kept.select_related("partner_request__action", "partner_request__organisation").order_by("received_at")
        for answer in asked[:_SHOWN]:
            action, organisation = answer.partner_request.action, answer.partner_request.organisation
            yield Need(
                words=_("Decide on the answer of %(organisation)s") % {"organisation": organisation},
                about=action.title,
                address=reverse("partner_answer", args=[answer.pk]),
            )


def comments_to_settle(worker: Worker) -> Iterator[Need]:
    """What people wrote and nobody has answered."""
    waiting = Comment.objects.filter(state=CommentState.RECEIVED, about__board__in=worker.publishes_for)
    for comment in waiting.select_related("about").order_by("received_at")[:_SHOWN]:
        yield Need(
            words=_("Answer a comment, or say why it is not published"),
            about=comment.about.title,
            address=reverse("settle_comment", args=[comment.about_id, comment.pk]),
        )


def services_to_review(worker: Worker) -> Iterator[Need]:
    """Services whose yearly review is due. They belong to organisations, so whoever writes for a board sees them."""
    if not worker.writes_for:
        return
    due = Service.objects.filter(ended_on=None, next_review_on__lte=worker.until)
    for service in due.select_related("organisation").order_by("next_review_on")[:_SHOWN]:
        yield Need(
            words=_("Review whether “%(service)s” could be co-produced") % {"service": service.name},
            about=str(service.organisation),
            address=reverse("governance_service_modeladmin_edit", args=[service.pk]),
            due_on=service.next_review_on,
        )


def drafts_to_approve(worker: Worker) -> Iterator[Need]:
    """Drafts, news of actions among them, whose approval somebody else asked for."""
    waiting = ApprovalRequest.objects.filter(closed_at=None).exclude(asked_by=worker.user.pk)
    below = Q(page__in=ActionPage.objects.filter(board__in=worker.publishes_for).values("pk"))
    news = ProgressUpdatePage.objects.annotate(above=Substr("path", 1, Length("path") - ActionPage.steplen))
    actions = ActionPage.objects.filter(board__in=worker.publishes_for)
    below |= Q(page__in=news.filter(above__in=actions.values("path")).values("pk"))
    for board in worker.publishes_for.values():
        below |= Q(page__path__startswith=board.path)
    for asked in waiting.filter(below).select_related("page", "asked_by")[:_SHOWN]:
        yield Need(
            words=_("Approve “%(title)s”, or return it") % {"title": asked.page.draft_title or asked.page.title},
            about=str(asked.asked_by or ""),
            address=reverse("approve_record", args=[asked.page_id]),
        )


def redactions_to_carry_out(worker: Worker) -> Iterator[Need]:
    """Words of records that somebody else asked to be redacted."""
    waiting = Removal.objects.filter(kind=RemovalKind.REDACT, settled_at=None, confirmed_at=None).exclude(
        asked_by=worker.user.pk
    )
    mine = Q(page__in=ActionPage.objects.filter(board__in=worker.publishes_for).values("pk"))
    for board in worker.publishes_for.values():
        mine |= Q(page__path__startswith=board.path)
    for asked in waiting.filter(mine).select_related("asked_by").order_by("asked_at", "pk")[:_SHOWN]:
        yield Need(
            words=_("See which words of a record are to be redacted"),
            about=str(asked.asked_by or ""),
            address=reverse("redact", args=[asked.page_id]),
        )


SOURCES = (
    news_due,
    promises_due,
    to_look_at_again,
    partners_to_chase,
    own_answers_due,
    answers_to_decide,
    comments_to_settle,
    services_to_review,
    drafts_to_approve,
    redactions_to_carry_out,
)


def _open_actions(worker: Worker) -> Any:
    return ActionPage.objects.live().filter(board__in=worker.writes_for, status__in=OPEN_STATUSES)


def _of_action(action: ActionPage, worker: Worker, words: str, due_on: date | None) -> Need:
    """What to do with an action, where its news are listed and added."""
    return Need(
        words=words % {"title": action.title},
        about=_board_of(action, worker),
        address=reverse("wagtailadmin_explore", args=[action.pk]),
        due_on=due_on,
    )


def _board_of(action: ActionPage, worker: Worker) -> str:
    return worker.writes_for[action.board_id].title
