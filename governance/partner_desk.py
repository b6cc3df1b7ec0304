"""What lies on the desk of those who decide on partners' answers, each seeing the boards they publish for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wagtail.permissions import policy_registry

from governance.enums import TO_DECIDE, WITH_THE_PARTNER, AnswerKind
from governance.models import BoardPage, PartnerAnswer, ProgressUpdatePage
from governance.offered_words import changed_since_offered
from governance.owing import owed
from governance.reminders import Due, unreachable


@dataclass(frozen=True)
class Desk:
    """What waits.

    Attributes:
        waiting: answers to decide on.
        in_confidence: what partners told in confidence and nobody has taken up; only for the board's democratic services.
        with_partners: answers that were returned, or whose other words wait to be agreed.
        offered: news that partners with an account offer as drafts, and whether the partner is asked to agree to other words.
        unreachable: what is owed by somebody whose e-mail address is not known.
    """

    waiting: list[PartnerAnswer]
    in_confidence: list[PartnerAnswer]
    with_partners: list[PartnerAnswer]
    offered: list[tuple[ProgressUpdatePage, bool]]
    unreachable: list[Due]


def desk_of(user: Any) -> Desk:
    """Everything that waits for the person."""
    open_answers = _answers("publish", user).exclude(kind=AnswerKind.STUCK)
    return Desk(
        waiting=list(open_answers.filter(state__in=TO_DECIDE)),
        in_confidence=list(_answers("add", user).filter(kind=AnswerKind.STUCK, state__in=TO_DECIDE)),
        with_partners=list(open_answers.filter(state__in=WITH_THE_PARTNER)),
        offered=_offered(user),
        unreachable=_unreachable(user),
    )


def number_waiting(user: Any) -> int:
    """How many answers wait for the person, for the menu."""
    waiting = _answers("publish", user).exclude(kind=AnswerKind.STUCK).filter(state__in=TO_DECIDE).count()
    return waiting + _answers("add", user).filter(kind=AnswerKind.STUCK, state__in=TO_DECIDE).count()


def has_desk(user: Any) -> bool:
    """Whether the person decides on answers at all."""
    return _boards("publish", user).exists()


def _boards(right: str, user: Any) -> QuerySet[BoardPage]:
    pages = policy_registry.get_by_type(BoardPage).instances_user_has_permission_for(user, right)
    return BoardPage.objects.filter(pk__in=pages.values("pk"))


def _answers(right: str, user: Any) -> QuerySet[PartnerAnswer]:
    answers = PartnerAnswer.objects.filter(partner_request__action__board__in=_boards(right, user).values("pk"))
    return answers.select_related("partner_request__organisation", "partner_request__action")


def _publishable(user: Any) -> QuerySet[Any]:
    return policy_registry.get_by_type(ProgressUpdatePage).instances_user_has_permission_for(user, "publish")


def _offered(user: Any) -> list[tuple[ProgressUpdatePage, bool]]:
    drafts = ProgressUpdatePage.objects.filter(first_published_at=None, owner__groups__organisation__isnull=False)
    own = drafts.filter(pk__in=_publishable(user).values("pk")).select_related("organisation", "owner").distinct()
    return [(update, bool(changed_since_offered(update))) for update in own]


def _unreachable(user: Any) -> list[Due]:
    today = timezone.localdate()
    dues = unreachable(owed(today), today=today)
    own = set(_publishable(user).filter(pk__in=[due.about for due in dues]).values_list("pk", flat=True)) if dues else set()
    return [due for due in dues if due.about in own]
