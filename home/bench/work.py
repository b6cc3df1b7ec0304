"""What the bench has the site do: read minutes, keep them, and build packs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.html import strip_tags

from governance.exceptions import Refused
from governance.models import BoardPage
from governance.numbering import board_year
from home.bench.measuring import seconds_of
from minutes.enums import MeetingStatus, PackState, ReportState
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, Pack, ResolutionPage
from minutes.operations.annual_reports import ask_for_report, build_report
from minutes.operations.bulk.meetings import keep_meetings
from minutes.operations.bulk.understood import UnderstoodMeeting, UnderstoodMinute
from minutes.operations.importing import keep_minutes
from minutes.operations.packing import ask_for_pack, build_pack
from minutes.proposal import propose
from minutes.reading import read

ITEMS_OF_A_MEETING = 10


def minutes_as_printed() -> list[str]:
    """The minutes of the demonstration as a council prints them: title, minute, “Resolved:” and the clauses."""
    texts = []
    for item in AgendaItemPage.objects.live().order_by("path"):
        minute = MinutePage.objects.child_of(item).live().first()
        clauses = ResolutionPage.objects.child_of(item).live().order_by("position")
        if minute is not None and clauses:
            said = minute.text.replace("</p>", "</p>\n\n").replace("</li>", "</li>\n")
            listed = "\n\n".join(f"({number}) {clause.text}" for number, clause in enumerate(clauses, start=1))
            texts.append(f"{item.title}\n\n{strip_tags(said).strip()}\n\nResolved:\n\n{listed}\n")
    return texts


def read_per_second(texts: Sequence[str], *, items: int) -> float:
    """How many items the reader reads in a second."""
    chosen = [texts[number % len(texts)] for number in range(items)]
    return items / seconds_of(lambda: [read(text) for text in chosen])


def kept_per_second(texts: Sequence[str], *, items: int, board: BoardPage, by: Any, year: int) -> float:
    """How many items are read, kept and published in a second.

    Args:
        texts: what is kept, over and over.
        items: how many: each ten of them are one meeting.
        board: whose meetings they are.
        by: who keeps them.
        year: the first year of the meetings. Nothing is kept twice on one day.
    """
    # What was kept before is not kept again, so each text has a line of its own.
    chosen = [f"{texts[number % len(texts)]}\nItem {number} of the bench.\n" for number in range(items)]

    def keep() -> None:
        for number, text in enumerate(chosen):
            day = date(year, 1, 3) + timedelta(weeks=number // ITEMS_OF_A_MEETING)
            keep_minutes(board=board, day=day, proposal=propose(read(text)), source=text, by=by, publish=True)

    return items / seconds_of(keep)


def kept_in_bulk_per_second(texts: Sequence[str], *, items: int, board: BoardPage, by: Any, year: int) -> float:
    """How many items are read, kept and published in a second by the bulk path: the same texts, on other days of that year.

    Args: as above.
    """
    chosen = [f"{texts[number % len(texts)]}\nItem {number} of the bench.\n" for number in range(items)]
    at = datetime.combine(date(year + 1, 1, 3), time(12), UTC)

    def keep() -> None:
        meetings = []
        for first in range(0, items, ITEMS_OF_A_MEETING):
            day = date(year, 7, 4) + timedelta(weeks=first // ITEMS_OF_A_MEETING)
            of_meeting = chosen[first : first + ITEMS_OF_A_MEETING]
            minutes = tuple(UnderstoodMinute(propose(read(text)), text) for text in of_meeting)
            meetings.append(UnderstoodMeeting(day, at, minutes))
        keep_meetings(board=board, meetings=meetings, by=by)

    return items / seconds_of(keep)


def built_report(*, board: BoardPage, today: date) -> dict[str, float]:
    """Put the report of the board's present year together, and how long that takes by the name of the figure.

    Raises:
        Refused: with the reason why it could not be put together.
    """
    asked = ask_for_report(board=board, year=board_year(today, board.year_starts_in))
    seconds = seconds_of(lambda: build_report(report=asked.pk))
    asked.refresh_from_db()
    if asked.state != ReportState.READY:
        raise Refused(asked.failure or "The report is being put together elsewhere.")
    return {"seconds for an annual report": seconds}


def built_pack(*, by: Any) -> Pack:
    """The agenda pack of the meeting ahead, built now.

    Raises:
        Refused: with the reason why it could not be built.
    """
    meeting = MeetingPage.objects.filter(status=MeetingStatus.AGENDA_PUBLISHED).latest("starts_at")
    pack = build_pack(pack=ask_for_pack(meeting=meeting, by=by).pk)
    if pack is None or pack.state != PackState.ISSUED:
        raise Refused(pack.failure if pack else "The pack is being built elsewhere.")
    return pack
