"""What the pages of meetings ask: `{% load meetings %}`."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.chain import ChainStep, Link, Step, chain
from governance.gathering import rows_of
from governance.models import ActionPage
from governance.remembering import once
from governance.wording import day
from minutes import public_corrections, public_record
from minutes.call_in import effect_words
from minutes.enums import NOT_HELD, UPCOMING, CallIn, LinkKind, MeetingStatus, PaperKind, PaperState, Presence, Verb
from minutes.models import (
    AgendaItemPage,
    Attendance,
    CallInStep,
    MeetingPage,
    MinutePage,
    Paper,
    ResolutionAction,
    ResolutionPage,
)
from minutes.public_papers import PaperLine, paper_lines

register = template.Library()
register.simple_tag(public_record.agenda_of, name="agenda_of")
register.simple_tag(public_record.minute_of_item, name="minute_of_item")
register.simple_tag(public_record.resolutions_of_item, name="resolutions_of_item")
register.simple_tag(public_record.interests_told_with, name="interests_told_with")
register.simple_tag(public_record.carried_on, name="carried_on")
register.simple_tag(public_record.live_successors, name="live_successors")
register.simple_tag(public_record.what_it_ends, name="what_it_ends")
register.simple_tag(public_corrections.confirmation_of, name="confirmation_of")
register.simple_tag(public_corrections.confirmed_on, name="confirmed_on")
register.simple_tag(public_corrections.agenda_corrections_of, name="agenda_corrections_of")


@register.filter
def is_called_off(meeting: MeetingPage) -> bool:
    """Whether the meeting does not take place on its day."""
    return meeting.status in NOT_HELD


@register.filter
def is_ahead(meeting: MeetingPage) -> bool:
    """Whether the meeting is still to be held."""
    return meeting.status in UPCOMING


@register.filter
def named_by_its_day(meeting: MeetingPage) -> bool:
    """Whether its title says no more than its day."""
    return meeting.title == MeetingPage.usual_title(meeting.starts_at)


@register.filter
def has_draft_minutes(meeting: MeetingPage) -> bool:
    """Whether its minutes are published as a draft."""
    return meeting.status == MeetingStatus.DRAFT_MINUTES


@register.simple_tag
def attendance_of(meeting: MeetingPage) -> list[tuple[str, list[Attendance]]]:
    """Who was there, as far as that is public: each heading with its people, empty headings left out."""
    rows = rows_of(meeting, "attendances")
    groups = {str(Presence(kind).label): [row for row in rows if row.presence == kind] for kind in Presence}
    return [(heading, people) for heading, people in groups.items() if people]


@register.simple_tag
def papers_of(item: AgendaItemPage) -> list[PaperLine]:
    """Papers that may be shown, each with its appendices and background papers below it."""
    told = [paper for paper in rows_of(item, "papers") if paper.state == PaperState.PUBLISHED]
    return paper_lines([paper for paper in told if paper.kind != PaperKind.SIGNED])


@register.simple_tag
def papers_to_follow(item: AgendaItemPage) -> list[Paper]:
    """Papers that the agenda announces and that are not public yet: only their titles are shown."""
    return [paper for paper in rows_of(item, "papers") if paper.state != PaperState.PUBLISHED]


register.filter("paper_lines", paper_lines)


@register.simple_tag
def words_of(minute: MinutePage) -> public_corrections.MinuteWords:
    """The words of a minute as they are to be read, with its corrections."""
    found = public_corrections.corrections_of
    return once(minute, "words", lambda: public_corrections.words_to_read(minute, found(minute)))


@register.simple_tag
def not_in_effect(resolution: ResolutionPage) -> str:
    """What is said of a decision that is not in effect yet, because it can be or was called in."""
    return effect_words(resolution, timezone.localdate())


@register.simple_tag
def call_in_steps(resolution: ResolutionPage) -> list[CallInStep]:
    """The steps of a call-in, oldest first; none while nobody called the decision in."""
    if resolution.call_in in {CallIn.OPEN, CallIn.EXEMPT}:
        return []
    return list(CallInStep.objects.public().filter(resolution_id=resolution.pk))


@register.simple_tag
def actions_of(resolution: ResolutionPage) -> list[ResolutionAction]:
    """The public links of a resolution to its actions."""
    return public_record.links_of([resolution]).get(resolution.pk, [])


@register.simple_tag
def links_by_resolution(item: AgendaItemPage) -> list[tuple[ResolutionPage, list[ResolutionAction]]]:
    """The live resolutions of an item with their public links."""
    resolutions, links = public_record.resolutions_of_item(item), public_record.links_of_item(item)
    return [(resolution, links.get(resolution.pk, [])) for resolution in resolutions]


@register.simple_tag
def item_of(page: Page) -> AgendaItemPage:
    """The item above a minute or resolution."""
    return once(page, "item", lambda: public_record.live_parent(page, AgendaItemPage))


@register.simple_tag(takes_context=True)
def meeting_of(context: template.Context, item: Page) -> MeetingPage:
    """The meeting above an item: that of the page, or that above the page."""
    return once(context["page"], "meeting", lambda: public_record.live_parent(item, MeetingPage))


@register.simple_tag
def chain_of_item(item: AgendaItemPage, meeting: MeetingPage, resolutions: list[ResolutionPage]) -> list[ChainStep]:
    """The chain as it starts at an item."""
    return _chain(item, meeting, resolutions, public_record.links_of_item(item), Step.ITEM)


@register.simple_tag
def chain_of_resolution(resolution: ResolutionPage, item: AgendaItemPage, meeting: MeetingPage) -> list[ChainStep]:
    """The chain as it passes through a resolution."""
    return _chain(item, meeting, [resolution], public_record.links_of([resolution]), Step.RESOLUTION)


def _chain(
    item: AgendaItemPage,
    meeting: MeetingPage,
    resolutions: list[ResolutionPage],
    links: dict[int, list[ResolutionAction]],
    here: Step,
) -> list[ChainStep]:
    on = day(meeting.starts_at) if meeting else ""
    clauses = [Link(row.reference or row.title, row) for row in resolutions if row.is_carried]
    actions: list[ActionPage] = public_record.actions_among(links)
    nothing_to_do = bool(resolutions) and all(resolution.no_action_needed for resolution in resolutions)
    return chain(
        items=[Link(item.title, item, on)] if item else [],
        resolutions=clauses,
        actions=actions,
        here=here,
        no_action=_("No action needed") if nothing_to_do else "",
    )


@register.filter
def link_words(kind: str) -> Any:
    """What a resolution does to an action, as a heading: “It orders”."""
    return {LinkKind.ORDERS: _("It orders"), LinkKind.CHANGES: _("It changes"), LinkKind.CLOSES: _("It closes")}[LinkKind(kind)]


@register.filter
def verb_labels(resolution: ResolutionPage) -> list[str]:
    """What the clause does, in the words of minutes."""
    return [str(Verb(verb).label) for verb in resolution.verbs if verb in Verb.values]
