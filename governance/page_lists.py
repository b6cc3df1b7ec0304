"""The lists that the pages of boards, actions and their news show besides their own words, and how each is asked for."""

from typing import Any

from django.db.models import QuerySet

from wagtail.models import Page

from governance import gathering
from governance.board_seats import every_seat
from governance.models import (
    ActionPage,
    BoardPage,
    Comment,
    PartnerRequest,
    Point,
    RecordPage,
    Standard,
    SuitabilityReview,
    WorkshopPage,
)
from governance.record_history import entries_of


def gather_lists() -> None:
    """Name them all."""
    gathering.register(Page, alternatives=lambda page: page.alternatives.all())
    gathering.register(RecordPage, history=entries_of)
    gathering.register(
        ActionPage,
        evidence=lambda action: action.evidence.all(),
        milestones=lambda action: action.milestones.all(),
        partners=lambda action: action.partners.select_related("organisation"),
        involvements=lambda action: action.involvements.select_related("group"),
        points=points_about,
        partner_requests=_requests_of,
        suitability_reviews=_reviews_behind,
        standards=lambda action: Standard.objects.public().filter(action_id=action.pk),
        comments=lambda action: Comment.objects.told_of(action),
    )
    gathering.register(WorkshopPage, points=points_about)
    gathering.register(BoardPage, quorum_groups=lambda board: board.quorum_groups.all(), seats=every_seat)


def points_about(page: Any) -> QuerySet[Point]:
    """What people said about a record, as far as it is public."""
    return Point.objects.public().filter(about_id=page.pk)


def _requests_of(action: Any) -> QuerySet[PartnerRequest]:
    requests = PartnerRequest.objects.public().filter(action_id=action.pk).select_related("organisation")
    return requests.order_by("organisation__name", "kind", "asked_on", "pk")


def _reviews_behind(action: Any) -> QuerySet[SuitabilityReview]:
    reviews = SuitabilityReview.objects.public().filter(action_id=action.pk)
    return reviews.select_related("service", "service__organisation")
