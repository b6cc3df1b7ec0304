"""What minutes adds to an action's story: where it was raised, what ordered it, and the words of both."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.chain import Link, Origins, Step
from governance.models import ActionPage
from governance.timeline import Event
from governance.wording import day
from minutes.enums import LinkKind
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.public_record import Decision, decisions_of_action, live_parent


def events_of_decisions(action: ActionPage) -> Iterator[Event]:
    """The meetings and resolutions behind one live action."""
    told: set[int] = set()
    for link, decision in decisions_of_action(action):
        if decision.item and decision.meeting and decision.item.pk not in told:
            told.add(decision.item.pk)
            yield Event(decision.meeting.day, _("Agenda item"), decision.item.title, decision.item.get_url(), rank=0)
        resolution = link.resolution
        if decision.meeting:
            kind = LinkKind(link.kind)
            said = {
                LinkKind.ORDERS: _("Resolution that ordered it"),
                LinkKind.CHANGES: _("Resolution that changed it"),
                LinkKind.CLOSES: _("Resolution that closed it"),
            }[kind]
            title = resolution.reference or resolution.title
            yield Event(decision.meeting.day, said, title, resolution.get_url(), resolution.full_text, rank=1)
            yield from _events_since(resolution)


def _events_since(resolution: ResolutionPage) -> Iterator[Event]:
    """What became of a resolution after it was adopted: another body's answer, and what ended it."""
    title, address = resolution.reference or resolution.title, resolution.get_url()
    if resolution.answered_on:
        said = _("Answer of %(body)s") % {"body": resolution.recommended_to}
        yield Event(resolution.answered_on, said, title, address, resolution.answer_to_recommendation, rank=1)
    if resolution.ended_at:
        ended = resolution.get_standing_display()
        yield Event(timezone.localdate(resolution.ended_at), _("Resolution ended"), f"{title}: {ended}", address, rank=1)


def events_of_discussion(action: ActionPage) -> Iterator[Event]:
    """The discussion that an action comes from, where its minute is live."""
    minute = discussed_in(action)
    if minute is None:
        return
    item = live_parent(minute, AgendaItemPage)
    meeting = live_parent(item, MeetingPage) if item else None
    if item and meeting:
        yield Event(timezone.localdate(meeting.starts_at), _("Discussion"), item.title, minute.get_url(), action.origin_words)


def origins_of(action: ActionPage) -> Origins:
    """The first two steps of an action's chain."""
    decisions = [decision for _link, decision in decisions_of_action(action)]
    minute = discussed_in(action)
    discussed = live_parent(minute, AgendaItemPage) if minute else None
    items = {row.item.pk: Link(row.item.title, row.item, _day_of(row)) for row in decisions if row.item}
    if discussed and discussed.pk not in items:
        items[discussed.pk] = Link(discussed.title, discussed, _("discussed"))
    resolutions = [Link(row.resolution.reference or row.resolution.title, row.resolution) for row in decisions]
    return {Step.ITEM: list(items.values()), Step.RESOLUTION: resolutions}


def discussed_in(action: ActionPage) -> MinutePage | None:
    """The live minute of the discussion that an action comes from."""
    return MinutePage.objects.live().filter(pk=action.origin_page_id).first() if action.origin_page_id else None


def _day_of(decision: Decision) -> str:
    return day(decision.meeting.starts_at) if decision.meeting else ""
