"""What the page of an action asks for: `{% load story %}`."""

from typing import Any

from django import template

from governance import story
from governance.models import ActionPage, ProgressUpdatePage
from governance.seldom_filled import is_empty

register = template.Library()


@register.simple_tag
def story_of(action: ActionPage) -> story.Story:
    """Where it stands, how it came to stand there and what came of it."""
    return story.story_of(action)


@register.simple_tag
def milestones_of(update: ProgressUpdatePage) -> list[Any]:
    """The milestones that an update says are done, with their days."""
    if not update.pk or is_empty(update, "milestones_done"):
        return []
    return [(row.milestone, row.done_on) for row in update.milestones_done.select_related("milestone")]
