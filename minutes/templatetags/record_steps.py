"""What the read-only panels of the editor ask about a record."""

from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils import timezone

from governance.permissions import may_publish_for
from minutes.clock_facts import facts_of, rule_book, with_what_is_owed
from minutes.enums import UPCOMING, MeetingStatus
from minutes.legal_clock import clock, warnings
from minutes.meeting_steps import Step, next_steps, other_states
from minutes.models import FollowUp, MinutePage, Paper, ProgrammeEntry, ResolutionAction, ResolutionPage
from minutes.permissions import (
    may_bring_papers,
    may_correct,
    may_link_action,
    may_record_attendance,
    may_run_meeting,
    may_start_action,
)
from minutes.preparation import Step as PreparationStep
from minutes.preparation import steps_of

register = template.Library()


@register.simple_tag
def steps_of_meeting(meeting: Any, user: Any) -> list[Step]:
    """The steps that the person can take with a meeting now."""
    return next_steps(meeting) if may_run_meeting(user, meeting) else []


@register.simple_tag
def has_other_states(meeting: Any, user: Any) -> bool:
    """Whether the person can postpone it, cancel it and the like."""
    return bool(meeting.live and may_run_meeting(user, meeting) and other_states(meeting))


@register.simple_tag
def can_ratify(item: Any, user: Any) -> bool:
    """Whether the person sends the item on because its meeting had no quorum."""
    meeting = item.meeting
    return bool(meeting.had_no_quorum and may_record_attendance(user, meeting))


@register.simple_tag
def minute_of_item(item: Any) -> MinutePage | None:
    """The minute of an item, if it is begun."""
    return MinutePage.objects.child_of(item).first()


@register.simple_tag
def resolutions_of_item(item: Any) -> QuerySet[ResolutionPage]:
    """The clauses of an item, in order."""
    return ResolutionPage.objects.child_of(item).order_by("position", "path")


@register.simple_tag
def follow_ups_of_item(item: Any) -> QuerySet[FollowUp]:
    """The follow-ups of an item, with the actions that some became."""
    return FollowUp.objects.filter(item_id=item.pk).select_related("action")


@register.simple_tag
def papers_of_item(item: Any) -> QuerySet[Paper]:
    """The papers of an item, whatever their state."""
    return Paper.objects.filter(item_id=item.pk)


@register.simple_tag
def can_bring_papers(item: Any, user: Any) -> bool:
    """Whether the person uploads papers of an item."""
    return bool(item.pk and may_bring_papers(user, item))


@register.simple_tag
def can_supplement(meeting: Any, user: Any) -> bool:
    """Whether the person can publish a supplement to a meeting's agenda now."""
    return bool(meeting.agenda_published_at and may_run_meeting(user, meeting))


@register.simple_tag
def actions_of_resolution(resolution: Any) -> QuerySet[ResolutionAction]:
    """What a resolution orders, changes or closes."""
    return resolution.action_links.select_related("action")


@register.simple_tag
def can_link(resolution: Any, user: Any) -> bool:
    """Whether the person says what came of a resolution."""
    return may_link_action(user, resolution)


@register.simple_tag
def can_start(resolution: Any, user: Any) -> bool:
    """Whether the person adds an action for it."""
    return may_start_action(user, resolution)


@register.simple_tag
def can_correct(minute: Any, user: Any) -> bool:
    """Whether the person records a correction of a minute that is final."""
    return bool(minute.is_frozen and may_correct(user, minute))


@register.simple_tag
def clock_of(meeting: Any) -> dict[str, Any]:
    """What is due around a meeting, what is late of it, and what its editor is warned of."""
    board, today = meeting.board, timezone.localdate()
    book = rule_book(board)
    facts = with_what_is_owed(board, meeting, facts_of(board, [meeting])[meeting.pk])
    duties = [(duty, not duty.is_target and duty.is_late(today)) for duty in clock(book, facts)]
    return {"duties": duties, "warnings": warnings(book, facts, today)}


@register.simple_tag
def can_move(meeting: Any, user: Any) -> bool:
    """Whether the person can give the meeting another time."""
    movable = meeting.live and meeting.status in UPCOMING | {MeetingStatus.POSTPONED}
    return bool(movable and may_run_meeting(user, meeting))


@register.simple_tag
def can_post_notice(meeting: Any, user: Any) -> bool:
    """Whether the person can record that the notice was posted."""
    waits = meeting.live and meeting.notice_published_at is None and meeting.status in UPCOMING
    return bool(waits and may_run_meeting(user, meeting))


@register.simple_tag
def can_plan(board: Any, user: Any) -> bool:
    """Whether the person plans meetings of the board."""
    return bool(board.live and may_publish_for(user, board))


@register.simple_tag
def programme_of(board: Any) -> QuerySet[ProgrammeEntry]:
    """What is to come before the board and is on no agenda yet."""
    waiting = ProgrammeEntry.objects.waiting().filter(board=board.pk)
    return waiting.select_related("meeting", "comes_back_from", "because_of")


@register.simple_tag
def preparation_of(item: Any) -> list[tuple[PreparationStep, bool]]:
    """The steps of an item's report, each with whether it is late."""
    today = timezone.localdate()
    return [(step, step.is_late(today)) for step in steps_of(item)]
