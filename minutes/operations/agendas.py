"""The order and the numbers of an agenda. Whoever changes them holds the row of the meeting, so that they come one after another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.enums import SubNumbers
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent
from governance.operations.ledger import enter
from governance.publication import Publication
from minutes.agenda_numbers import Place, moved, numbers
from minutes.agenda_order import Kind, Line, settled
from minutes.enums import UPCOMING
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage

NEW = 0
"""The key of an item that is not saved yet."""


def hold_agenda(meeting: MeetingPage) -> MeetingPage:
    """Hold the agenda of a meeting until the transaction ends: nobody else changes its order or its numbers meanwhile.

    Returns:
        The meeting as it is now. It is asked for again once it is held: what the first question found may be of before.
    """
    MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    return MeetingPage.objects.get(pk=meeting.pk)


def hold_items(meeting: MeetingPage) -> None:
    """Hold every item of an agenda before any is published, so that two people who publish wait for each other in one order."""
    list(Page.objects.child_of(meeting).select_for_update().order_by("path").values_list("pk"))


def items_of(meeting: MeetingPage) -> list[AgendaItemPage]:
    """The items of a meeting in the order of its agenda."""
    return list(AgendaItemPage.objects.child_of(meeting).order_by("position", "path"))


def order_of(meeting: MeetingPage) -> list[Line]:
    """The items and headings of an agenda in their order. Items without a place yet come last."""
    items = AgendaItemPage.objects.child_of(meeting).order_by("path").values_list("pk", "position", "is_part")
    sections = AgendaSection.objects.filter(meeting=meeting.pk).values_list("pk", "position")
    rows = [(position, 1, Line(Kind.PART if is_part else Kind.ITEM, pk)) for pk, position, is_part in items]
    rows += [(position, 0, Line(Kind.SECTION, pk)) for pk, position in sections]
    return [line for _position, _first, line in sorted(rows, key=lambda row: (row[0] == 0, row[0], row[1]))]


def place_at_the_end(meeting: MeetingPage, item: AgendaItemPage) -> None:
    """Give an item that is not saved yet its place and its number. The agenda is held.

    A number that it has already was printed elsewhere, unless it is the one it would get.
    """
    places = _places(meeting)
    usual = numbers([*places, Place(NEW, is_part=item.is_part)], _rule(meeting, [*places, Place(NEW, is_part=item.is_part)]))[
        NEW
    ]
    item.keeps_number = bool(item.number) and item.number != usual
    item.number = item.number or usual
    item.position = _last_position(meeting) + 1


def place_new_items(meeting: MeetingPage) -> None:
    """Put items that have no place yet, such as copies made in the explorer, at the end of an agenda that is held."""
    if AgendaItemPage.objects.child_of(meeting).filter(position=0).exists():
        write_order_of(order_of(meeting))


def renumber(meeting: MeetingPage) -> None:
    """Number the items of an agenda that is held; only what must move is written."""
    places = _places(meeting)
    for key, number in moved(places, _rule(meeting, places)).items():
        AgendaItemPage.objects.filter(pk=key).update(number=number)


@transaction.atomic
def take_place(*, item: AgendaItemPage) -> None:
    """Put an item that was made in the editor at the end of its agenda, with a number. One that has a place keeps it."""
    row = hold_agenda(item.meeting)
    if AgendaItemPage.objects.filter(pk=item.pk, position=0).update(position=_last_position(row) + 1):
        renumber(row)
        item.refresh_from_db(fields=["position", "number"])


def follow_item(publication: Publication) -> None:
    """An item was published: it has a place and a number from then on."""
    if publication.page.position == 0:
        take_place(item=publication.page)


@transaction.atomic
def reorder_items(
    *, meeting: MeetingPage, order: Sequence[Line], seen: Sequence[Line], by: Any, at: datetime | None = None
) -> list[Line]:
    """Put an agenda in order. The tree stays as it is, so no address and no reference changes.

    Args:
        order: all items and headings, in the order wanted.
        seen: the order that the person saw when they moved something.

    Returns:
        The order as it is now.

    Raises:
        Refused: another person changed the agenda meanwhile, the list does not name each line once, or the meeting is over.
    """
    row = hold_agenda(meeting)
    if row.status not in UPCOMING:
        raise Refused(_("The meeting of %(meeting)s is past its agenda, so the order stays as it was.") % {"meeting": row})
    now = order_of(row)
    wanted = settled(order)
    if wanted == now:
        return now
    if list(seen) != now:
        raise Refused(_("Somebody else changed the agenda meanwhile. Below is how it is now; your move was not made."))
    if {line.of for line in wanted} != {line.of for line in now} or len(wanted) != len(now):
        raise Refused(_("The order does not name each line of the agenda once. Load the page again."))
    # Whoever publishes one of them writes its whole row, with the place that it had when they began.
    hold_items(row)
    write_order_of(wanted)
    renumber(row)
    if row.agenda_published_at is not None:
        note = _("The order of the agenda changed")
        enter(page=row, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
    return wanted


def write_order_of(lines: Sequence[Line]) -> None:
    """Write the places of items and headings; only those that changed."""
    for position, line in enumerate(lines, start=1):
        if line.kind == Kind.SECTION:
            AgendaSection.objects.filter(pk=line.key).exclude(position=position).update(position=position)
        else:
            is_part = line.kind == Kind.PART
            same = {"position": position, "is_part": is_part}
            AgendaItemPage.objects.filter(pk=line.key).exclude(**same).update(**same)


def _places(meeting: MeetingPage) -> list[Place]:
    rows = AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
    known = rows.values_list("pk", "position", "number", "first_published_at", "keeps_number", "is_part")
    places = [
        (position == 0, Place(pk, number, published is not None, is_part, keeps))
        for pk, position, number, published, keeps, is_part in known
    ]
    return [place for _is_new, place in sorted(places, key=lambda row: row[0])]


def _rule(meeting: MeetingPage, places: Sequence[Place]) -> str:
    """The board's rule, asked for only where an item has parts."""
    if not any(place.is_part for place in places):
        return SubNumbers.LETTERS
    return BoardPage.objects.ancestor_of(meeting).values_list("sub_numbers", flat=True).get()


def _last_position(meeting: MeetingPage) -> int:
    """The last place that is taken, by an item or a heading."""
    items = AgendaItemPage.objects.child_of(meeting).aggregate(last=Max("position"))["last"] or 0
    sections = AgendaSection.objects.filter(meeting=meeting.pk).aggregate(last=Max("position"))["last"] or 0
    return max(items, sections)
