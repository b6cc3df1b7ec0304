"""What pages say of questions, petitions and deputations: `{% load questions %}`."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from governance.gathering import rows_of
from governance.numbering import reference_slug
from minutes.enums import UPCOMING
from minutes.models import AgendaItemPage, MeetingPage, PublicQuestion
from minutes.question_time import deadlines_of, until_words

register = template.Library()


@register.simple_tag
def questions_of(meeting: MeetingPage) -> list[PublicQuestion]:
    """Questions, petitions and deputations that may be shown, in the order they were received."""
    return rows_of(meeting, "questions")


@register.simple_tag
def questions_of_item(item: AgendaItemPage) -> list[PublicQuestion]:
    """Those that were taken under an item."""
    return list(PublicQuestion.objects.public().filter(item_id=item.pk)) if item else []


@register.simple_tag
def asking_of(meeting: MeetingPage) -> dict[str, Any]:
    """Until when the public can put what to a meeting still to be held, and where; nothing where the board has no rule."""
    if not meeting.pk or meeting.status not in UPCOMING:
        return {}
    now, deadlines = timezone.now(), deadlines_of(meeting, meeting.board)
    lines = [(until_words(one), one.has_passed(now), one.how) for one in deadlines]
    slug = reference_slug(meeting.reference or "")
    open_now = slug and any(one.on_site and not one.has_passed(now) for one in deadlines)
    return {"lines": lines, "address": reverse("ask", args=[slug]) if open_now else ""}


@register.filter
def deadline_words(deadline: Any) -> str:
    """“Questions by 12 noon on Monday 5 October 2026”."""
    return until_words(deadline)
