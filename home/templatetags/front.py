"""What the front page asks: `{% load front %}`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone

from wagtail.models import Page

from governance import progress_list
from governance.models import BoardPage, ProgressUpdatePage, StrategyPage
from minutes import public_record
from minutes.models import MeetingPage

register = template.Library()


@dataclass(frozen=True)
class Glance:
    """Progress at a glance: how many actions stand where, and how many of them are late."""

    page: Page | None
    statuses: tuple[progress_list.Choice, ...]
    late: tuple[progress_list.Choice, ...]
    total: int


@register.simple_tag
def next_meetings(number: int) -> list[tuple[MeetingPage, BoardPage | None]]:
    """The next meetings of every board."""
    return public_record.with_boards(list(public_record.meetings_ahead(timezone.now())[:number]))


@register.simple_tag
def latest_decisions(number: int) -> list[public_record.Decision]:
    """The resolutions adopted last."""
    return public_record.latest_decisions(number)


@register.simple_tag(takes_context=True)
def progress_at_a_glance(context: template.Context) -> Glance:
    """How many actions stand where."""
    statuses, late, total = progress_list.counts(timezone.localdate())
    return Glance(context["frame"]["progress"], statuses, late, total)


@register.simple_tag
def latest_news(number: int) -> list[ProgressUpdatePage]:
    """The latest updates of all actions."""
    return list(ProgressUpdatePage.objects.live().order_by("-date", "-pk")[:number])


@register.simple_tag
def strategies() -> Any:
    """The live strategies."""
    return StrategyPage.objects.live().order_by("title")
