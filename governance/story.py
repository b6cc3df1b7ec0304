"""What the page of an action tells, put together with a number of queries that does not grow."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from governance.enums import CLOSED_STATUSES, ActionStatus
from governance.gathering import rows_of
from governance.models import ActionPage, Milestone, ProgressUpdatePage, WorkshopAction, WorkshopPage
from governance.opening import Told, opening_sentence
from governance.progress import Standing, look_again_is_late, standing
from governance.remembering import once


@dataclass(frozen=True)
class Step:
    """One milestone, and the update that says it is done."""

    milestone: Milestone
    done_on: date | None
    update: ProgressUpdatePage | None


@dataclass(frozen=True)
class Story:
    """Where an action stands, how it came to stand there, and what came of it.

    Attributes:
        sentence: all of it in one sentence.
        latest: the latest update that counts.
        outcome: the update that says what came of it, once it has ended.
        look_again_is_late: whether the day to look again has passed.
        is_open: whether something is still to be done.
    """

    sentence: str
    standing: Standing
    latest: ProgressUpdatePage | None
    outcome: ProgressUpdatePage | None
    steps: list[Step]
    look_again_is_late: bool
    is_open: bool


def live_updates(action: ActionPage) -> list[ProgressUpdatePage]:
    """The live updates of an action, oldest first, with what they say is done."""
    return once(action, "updates", lambda: _live_updates(action))


def _live_updates(action: ActionPage) -> list[ProgressUpdatePage]:
    if not action.path:
        return []
    updates = ProgressUpdatePage.objects.child_of(action).live().prefetch_related("milestones_done")
    return list(updates.select_related("organisation", "handed_to_action", "corrects").order_by("date", "pk"))


def corrections(action: ActionPage) -> dict[int, ProgressUpdatePage]:
    """The live updates that correct another, by the key of the one they correct."""
    return {
        update.corrects_id: update for update in live_updates(action) if update.corrects_id and update.corrects_id != update.pk
    }


def counted_updates(action: ActionPage) -> list[ProgressUpdatePage]:
    """The live updates that count, oldest first: one that another corrects does not."""
    corrected = corrections(action)
    return [update for update in live_updates(action) if update.pk not in corrected]


def live_workshops(action: ActionPage) -> list[WorkshopPage]:
    """The live workshops of an action, latest first."""
    return [workshop for workshop in _workshops(action) if workshop.path.startswith(action.path) and action.path]


def workshops_behind(action: ActionPage) -> list[WorkshopPage]:
    """The live workshops that an action follows from, latest first."""
    return [workshop for workshop in _workshops(action) if workshop.leads_here]


def _workshops(action: ActionPage) -> list[Any]:
    """The live workshops of an action and those it follows from, which may be another's."""
    behind = WorkshopAction.objects.filter(action_id=action.pk).values("workshop")
    own = Q(path__startswith=action.path) if action.path else Q(pk__in=[])
    leads_here = Exists(behind.filter(workshop=OuterRef("pk")))
    workshops = WorkshopPage.objects.live().filter(own | Q(pk__in=behind)).annotate(leads_here=leads_here)
    return once(action, "workshops", lambda: list(workshops.order_by("-starts_at")))


def standing_now(action: ActionPage) -> Standing:
    """Where an action stands by its live updates."""
    return once(action, "standing", lambda: _standing(action))


def _standing(action: ActionPage) -> Standing:
    return standing(
        [update.as_news() for update in live_updates(action)],
        first_due_on=action.first_due_on,
        agreed=action.is_agreed,
        since=timezone.localdate(action.first_published_at) if action.first_published_at else None,
        news_every_weeks=action.news_every_weeks,
    )


def story_of(action: ActionPage) -> Story:
    """The story of one action."""
    return once(action, "story", lambda: _story(action))


def _story(action: ActionPage) -> Story:
    today, stands, updates = timezone.localdate(), standing_now(action), live_updates(action)
    counted = counted_updates(action)
    latest = counted[-1] if counted else None
    return Story(
        sentence=opening_sentence(_told(action, stands, latest), today),
        standing=stands,
        latest=latest,
        outcome=next((update for update in updates if update.pk == stands.outcome), None),
        steps=_steps(action, stands, counted),
        look_again_is_late=look_again_is_late(stands.look_again_on, today),
        is_open=stands.status not in CLOSED_STATUSES,
    )


def _told(action: ActionPage, stands: Standing, latest: Any) -> Told:
    return Told(
        promise=action.promise,
        board=action.board.title,
        status=stands.status,
        confidence=stands.confidence,
        due_on=stands.due_on,
        next_news_on=stands.next_news_on,
        look_again_on=stands.look_again_on,
        contact=action.contact,
        handed_to=latest.handed_to if latest and latest.status == ActionStatus.HANDED_ON else "",
    )


def _steps(action: ActionPage, stands: Standing, counted: list[ProgressUpdatePage]) -> list[Step]:
    told: dict[int, ProgressUpdatePage] = {}
    for update in counted:
        for row in update.milestones_done.all():
            told.setdefault(row.milestone_id, update)
    return [Step(row, stands.milestones.get(row.pk), told.get(row.pk)) for row in rows_of(action, "milestones")]
