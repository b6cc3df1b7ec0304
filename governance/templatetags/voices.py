"""What pages ask about people's part in the work, and words explained where they stand: `{% load voices %}`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from wagtail.models import Page

from governance import gathering, glossary, story
from governance.board_seats import has_ended, seats_of
from governance.enums import CommentState
from governance.models import (
    ActionPage,
    Alternative,
    BoardPage,
    CaseStudyPage,
    CoproductionPrinciple,
    Membership,
    Standard,
    WorkshopGroup,
    WorkshopPage,
)

register = template.Library()
register.simple_tag(story.workshops_behind, name="workshops_behind")


@register.simple_tag
def other_forms_of(page: Page) -> Iterable[Alternative]:
    """Easy read, other languages and other forms of what a page says."""
    return gathering.rows_of(page, "alternatives")


@register.simple_tag
def groups_at(workshop: WorkshopPage) -> QuerySet[WorkshopGroup]:
    """Who was invited to a workshop and who came, by group."""
    return workshop.groups.select_related("group")


@register.simple_tag
def actions_following(workshop: WorkshopPage) -> list[ActionPage]:
    """The live actions that follow from a workshop, with what their cards show."""
    keys = [link.action_id for link in workshop.following.all()]
    return list(ActionPage.objects.live().filter(pk__in=keys).select_related("board", "lead_organisation"))


@register.simple_tag
def standards_from(action: ActionPage) -> Iterable[Standard]:
    """The standards that came from an action."""
    return gathering.rows_of(action, "standards")


@dataclass(frozen=True)
class Untold:
    """Comments on an action that stand nowhere: how many wait, and of those kept back the day and the reason."""

    waiting: int
    kept_back: list[tuple[datetime, str]]


@register.simple_tag
def untold_comments(action: ActionPage) -> Untold:
    """What a reader is told of comments that are not published, in one query."""
    rows = gathering.rows_of(action, "comments") if action.pk else []
    kept_back = [(row.settled_at, row.reason) for row in rows if row.state == CommentState.NOT_PUBLISHED]
    return Untold(len(rows) - len(kept_back), kept_back)


@register.simple_tag
def former_members_of(board: BoardPage) -> list[Membership]:
    """Who sat on a board before and does no longer, the latest first."""
    today = timezone.localdate()
    sitting = {seat.person_id for seat in seats_of(board) if not has_ended(seat, today)}
    return [seat for seat in seats_of(board) if has_ended(seat, today) and seat.person_id not in sitting]


@register.simple_tag
def principles_with_examples() -> QuerySet[CoproductionPrinciple]:
    """The principles of co-production, each with the live case studies that show it."""
    studies = CaseStudyPage.objects.live().select_related("organisation").order_by("title")
    return CoproductionPrinciple.objects.prefetch_related(Prefetch("case_studies", queryset=studies, to_attr="examples"))


@register.simple_tag
def boards_with_definitions() -> QuerySet[BoardPage]:
    """The live boards that have said what co-production means to them."""
    return BoardPage.objects.live().exclude(coproduction_definition="").order_by("title")


@register.simple_tag(takes_context=True)
def word(context: template.Context, slug: str, text: str = "") -> SafeString:
    """A word linked to what it means: the first time on a page only.

    Args:
        slug: its place on the page of words.
        text: as it is written here; as usual unless given.

    Raises:
        KeyError: no word has that place.
    """
    explained = glossary.word_at(slug)
    told = _told(context)
    if slug in told:
        return format_html("{}", text or explained.word)
    told.add(slug)
    return _linked(slug, text or explained.word)


@register.simple_tag(takes_context=True)
def explain(context: template.Context, text: str) -> SafeString:
    """A plain text in which each word that needs it is linked to what it means: the first time on a page only."""
    told = _told(context)
    pieces = list(glossary.parts_of(text, told))
    told.update(slug for _piece, slug in pieces if slug)
    return format_html_join("", "{}", ((_linked(slug, piece) if slug else piece,) for piece, slug in pieces))


@register.simple_tag(takes_context=True)
def explained(context: template.Context, html: str) -> SafeString:
    """Shown text with tags, such as rich text, in which words are linked in the same way, outside headings and links."""
    told = _told(context)
    pieces = list(glossary.parts_of_html(conditional_escape(html), told))
    told.update(slug for _piece, slug in pieces if slug)
    trusted = [(SafeString(piece), slug) for piece, slug in pieces]  # nosec B703  # pieces of what was escaped, or trusted already
    return format_html_join("", "{}", ((_linked(slug, piece) if slug else piece,) for piece, slug in trusted))


def _told(context: template.Context) -> set[str]:
    """The words explained on this page so far: kept with the request, since a page is rendered in many pieces."""
    request: Any = context.get("request")
    if request is None:
        return set()
    told: set[str] = request.__dict__.setdefault("words_explained", set())
    return told


def _linked(slug: str, text: str) -> SafeString:
    return format_html('<a class="word" href="{}#{}">{}</a>', reverse("words"), slug, text)
