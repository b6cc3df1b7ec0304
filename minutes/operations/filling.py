"""Filling an agenda from the board's template, its work programme, the business of the year and the minutes to be confirmed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.enums import Purpose, StandingKind
from governance.exceptions import Refused
from governance.models import BoardPage
from governance.wording import day_in_full
from minutes.agenda_filling import Wanted, put_in_place, wanted, with_headings
from minutes.agenda_order import Kind, Line
from minutes.enums import TOOK_PLACE, UPCOMING, MeetingKind, MeetingStatus
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, ProgrammeEntry
from minutes.operations.agendas import hold_agenda, items_of, order_of, renumber, write_order_of
from minutes.operations.meetings import add_item
from minutes.operations.programme import put_on_agenda

LOOKED_BACK = timedelta(days=400)
"""Minutes of longer ago are confirmed by hand: an archive that was read in is no business of the next meeting."""


def proposed_for(meeting: MeetingPage) -> list[Wanted]:
    """What a meeting's agenda should have, each with its line where it has it already. The queries do not grow with the agenda."""
    board = meeting.board
    items = items_of(meeting)
    headings = {row.title: Line(Kind.SECTION, row.pk) for row in AgendaSection.objects.filter(meeting=meeting.pk)}
    rows = wanted(
        _template(board, items),
        meeting_kind=meeting.kind,
        minutes=_minutes_due(board, meeting, items),
        business=[*_entries(meeting), *_yearly(board, meeting)],
    )
    return with_headings(rows, headings)


@transaction.atomic
def fill_agenda(
    *, meeting: MeetingPage, by: Any, chosen: Collection[str] | None = None, at: datetime | None = None
) -> list[AgendaItemPage]:
    """Make what a meeting's agenda should have and has not, as drafts, each in its place. Done twice, it makes nothing twice.

    Args:
        chosen: the names (`Wanted.name`) of what is to be made; None for everything.

    Returns:
        The new items in their order.

    Raises:
        Refused: the meeting is past its agenda.
    """
    row = hold_agenda(meeting)
    if row.status not in UPCOMING:
        raise Refused(_("The meeting of %(meeting)s is past its agenda, so nothing is added to it.") % {"meeting": row})
    now = order_of(row)
    rows = proposed_for(row)
    made: dict[str, AgendaItemPage] = {}
    for each in rows:
        if each.source != "section" and each.line is None and (chosen is None or each.name in chosen):
            made[each.name] = _make(row, each, by=by, at=at)
    sections = {each.section for each in rows if each.name in made}
    lines = [(line, is_new) for each in rows if (line := _line(row, each, made, sections)) for is_new in [each.line is None]]
    write_order_of(put_in_place(now, lines))
    renumber(row)
    return [item for item in items_of(row) if item.pk in {new.pk for new in made.values()}]


def _line(meeting: MeetingPage, each: Wanted, made: dict[str, AgendaItemPage], sections: set[str]) -> Line | None:
    """Where a row of the template stands on the agenda; a heading is made where something new comes below it."""
    if each.line is not None:
        return each.line
    if each.name in made:
        return Line(Kind.ITEM, made[each.name].pk)
    if each.source == "section" and each.title in sections:
        return Line(Kind.SECTION, AgendaSection.objects.create(meeting_id=meeting.pk, title=each.title).pk)
    return None


def _make(meeting: MeetingPage, each: Wanted, *, by: Any, at: datetime | None) -> AgendaItemPage:
    if each.source == "entry":
        return put_on_agenda(entry=ProgrammeEntry.objects.get(pk=int(each.key)), meeting=meeting, by=by, at=at)
    if each.source == "yearly":
        fields = {"board": meeting.board, "title": each.title, "meeting": meeting, "wanted_by": meeting.day}
        return put_on_agenda(entry=ProgrammeEntry.objects.create(**fields), meeting=meeting, by=by, at=at)
    item = AgendaItemPage(
        title=each.title,
        purpose=each.purpose,
        minutes_planned=each.minutes_planned,
        standing_kind=each.kind,
        standing_title=each.title,
        confirms_minutes_of_id=int(each.key) if each.source == "minutes" else None,
    )
    return add_item(meeting=meeting, item=item, by=by, at=at)


def _template(board: BoardPage, items: Sequence[AgendaItemPage]) -> list[Wanted]:
    """The standing items of the board. One that was given another title on this agenda is still the same."""
    there = {(item.standing_kind, item.standing_title): _line_of(item) for item in items if item.standing_kind}
    found = []
    for row in board.standing_items.all():
        fields = {"kind": row.kind, "purpose": row.purpose, "section": row.section, "minutes_planned": row.minutes_planned}
        found.append(Wanted("standing", str(row.pk), str(row), line=there.get((row.kind, str(row))), **fields))
    return found


def _minutes_due(board: BoardPage, meeting: MeetingPage, items: Sequence[AgendaItemPage]) -> list[Wanted]:
    """The minutes of earlier meetings that are not confirmed yet and on no other agenda to come, the oldest first."""
    there = {item.confirms_minutes_of_id: _line_of(item) for item in items if item.confirms_minutes_of_id}
    earlier = MeetingPage.objects.child_of(board).filter(
        starts_at__range=(meeting.starts_at - LOOKED_BACK, meeting.starts_at), status__in=TOOK_PLACE - {MeetingStatus.CONFIRMED}
    )
    due = earlier.exclude(pk=meeting.pk).exclude(kind=MeetingKind.WORKSHOP).order_by("starts_at")
    elsewhere = set(
        AgendaItemPage.objects.filter(confirms_minutes_of__in=due)
        .exclude(pk__in=[item.pk for item in items])
        .filter(path__startswith=board.path)
        .values_list("confirms_minutes_of", "path")
    )
    upcoming = set(MeetingPage.objects.child_of(board).filter(status__in=UPCOMING).values_list("path", flat=True))
    taken = {key for key, path in elsewhere if path[: -AgendaItemPage.steplen] in upcoming}
    return [
        Wanted(
            "minutes",
            str(row.pk),
            _("Minutes of the meeting of %(day)s") % {"day": day_in_full(row.starts_at)},
            StandingKind.MINUTES,
            Purpose.DECISION,
            line=there.get(row.pk),
        )
        for row in due
        if row.pk not in taken
    ]


def _entries(meeting: MeetingPage) -> list[Wanted]:
    """What the work programme plans for this meeting, on its agenda already or not."""
    rows = ProgrammeEntry.objects.filter(meeting=meeting.pk, dropped_because="").select_related("item")
    return [
        Wanted("entry", str(row.pk), row.title, purpose=row.purpose, line=_line_of(row.item) if row.item else None)
        for row in rows
    ]


def _yearly(board: BoardPage, meeting: MeetingPage) -> list[Wanted]:
    """Business of the year that falls in the month of this meeting and was planned for none of that year."""
    planned = set(
        ProgrammeEntry.objects.filter(board=board.pk, meeting__starts_at__year=meeting.day.year).values_list("title", flat=True)
    )
    due = [row for row in board.yearly_business.all() if row.month == meeting.day.month and row.title not in planned]
    return [Wanted("yearly", str(row.pk), row.title, purpose=Purpose.DISCUSSION) for row in due]


def _line_of(item: AgendaItemPage) -> Line:
    return Line(Kind.PART if item.is_part else Kind.ITEM, item.pk)
