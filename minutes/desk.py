"""What the desk shows of a meeting: its items with what became of each, and whom and what a clerk can choose from."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from governance.approving import is_private_business
from governance.lineage import path_above
from governance.models import Membership, Organisation
from minutes.models import AgendaItemPage, FollowUp, MeetingPage, MinutePage, ResolutionAction, ResolutionPage
from minutes.operations.desking import as_last_written
from minutes.quorum import Room


@dataclass(frozen=True)
class DeskItem:
    """An item in the list on the left.

    Attributes:
        words: how far its minute is, or what became of it.
        begun, settled: whether its minute is begun, and whether it says what became of the item.
    """

    item: AgendaItemPage
    words: str
    begun: bool = False
    settled: bool = False


def items_of(meeting: MeetingPage) -> list[DeskItem]:
    """The items of a meeting in the order of its agenda, each with the state of its minute as last written: three queries."""
    items = AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
    minutes = MinutePage.objects.descendant_of(meeting).select_related("latest_revision")
    written = {path_above(minute): minute for minute in minutes}
    return [_desk_item(item, written.get(item.path)) for item in items]


def _desk_item(item: AgendaItemPage, minute: MinutePage | None) -> DeskItem:
    if minute is None:
        return DeskItem(item, _("Not begun"))
    content = minute.latest_revision.content if minute.latest_revision else {}
    outcome = content.get("outcome", minute.outcome)
    if outcome:
        labels = dict(MinutePage._meta.get_field("outcome").flatchoices)
        return DeskItem(item, str(labels.get(outcome, outcome)), begun=True, settled=True)
    return DeskItem(item, _("Being written"), begun=True)


def is_private(item: AgendaItemPage) -> bool:
    """Whether an item is taken in private, is to be by a draft that waits, or keeps something back: its words stay out of browsers."""
    waiting = item.latest_revision.content if item.has_unpublished_changes and item.latest_revision else {}
    return bool(item.exempt_ground_id or waiting.get("exempt_ground")) or is_private_business(item)


def neighbours(items: list[DeskItem], current: AgendaItemPage) -> tuple[AgendaItemPage | None, AgendaItemPage | None]:
    """The items before and after one."""
    keys = [each.item.pk for each in items]
    place = keys.index(current.pk)
    before = items[place - 1].item if place else None
    after = items[place + 1].item if place + 1 < len(items) else None
    return before, after


def people_of(meeting: MeetingPage) -> list[str]:
    """Who can be named: the members on the day of the meeting, then the partner organisations."""
    day = meeting.day
    seats = Membership.objects.filter(board=meeting.board, from_date__lte=day).filter(Q(to_date=None) | Q(to_date__gte=day))
    members = [str(seat.person) for seat in seats.select_related("person").order_by("person__name")]
    partners = Organisation.objects.filter(ended_on=None).order_by("name").values_list("name", flat=True)
    return [*dict.fromkeys([*members, *partners])]


def voters_in(room: Room) -> list[str]:
    """The names of those who may vote on the item now, as a vote by name has them."""
    return [one.person_name or one.name for one in room.may_vote]


def clauses_of(item: AgendaItemPage) -> list[ResolutionPage]:
    """The clauses of an item as last written, in their order."""
    pages = ResolutionPage.objects.child_of(item).select_related("latest_revision").order_by("position", "path")
    return [as_last_written(page) for page in pages]


def links_of(item: AgendaItemPage) -> QuerySet[ResolutionAction]:
    """The actions that its clauses order, change or close."""
    links = ResolutionAction.objects.filter(resolution__path__startswith=item.path)
    return links.select_related("resolution", "action").order_by("resolution__position", "pk")


def follow_ups_of(item: AgendaItemPage) -> QuerySet[FollowUp]:
    """The small things to be done after an item."""
    return FollowUp.objects.filter(item=item).select_related("action")


def writes_nothing_because(item: Any, minute: Any) -> str:
    """Why the desk only shows an item; empty where it can be written."""
    if minute is not None and minute.is_frozen:
        return str(minute.frozen_because)
    return ""
