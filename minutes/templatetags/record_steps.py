"""What the read-only panels of the editor ask about a record."""

from typing import Any

from django import template
from django.db.models import QuerySet

from minutes.meeting_steps import Step, next_steps, other_states
from minutes.models import FollowUp, MinutePage, Paper, ResolutionAction, ResolutionPage
from minutes.permissions import may_bring_papers, may_correct, may_link_action, may_run_meeting, may_start_action

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
