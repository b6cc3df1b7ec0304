"""What the legal clock is told of boards and meetings, with as many queries for many meetings as for few."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from governance.enums import OPEN_STATUSES
from governance.lineage import path_above
from governance.models import ActionPage, BoardPage, FreeDay, LedgerEntry, LedgerEvent, PartnerRequest, Service
from governance.standing_facts import standing
from minutes.deadlines import Counting
from minutes.enums import NOT_HELD
from minutes.legal_clock import Dated, MeetingFacts, RuleBook, warnings
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ProgrammeEntry, ResolutionAction, ResolutionPage, Supplement


def rule_books(boards: Iterable[BoardPage]) -> dict[int, RuleBook]:
    """The rule books of boards by their keys, in one query."""
    days = standing("free days", lambda: tuple(FreeDay.objects.values_list("day", "name", "nation", "board")))
    return {board.pk: _rule_book(board, days) for board in boards}


def rule_book(board: BoardPage) -> RuleBook:
    """The rule book of one board."""
    return rule_books([board])[board.pk]


def _rule_book(board: BoardPage, days: Iterable[tuple[date, str, str, int | None]]) -> RuleBook:
    own = {day: name for day, name, nation, of in days if of == board.pk or (of is None and nation in {"", board.nation})}
    return RuleBook(
        notice_days=board.notice_days,
        counting=Counting(board.day_counting, board.nation, own),
        draft_minutes_days=board.draft_minutes_days,
        is_executive=board.is_executive,
        call_in_days=board.call_in_days,
    )


def facts_of(board: BoardPage, meetings: Sequence[MeetingPage]) -> dict[int, MeetingFacts]:
    """The days of meetings of one board by their keys, in a number of queries that does not grow."""
    items, minutes, decided = _items(meetings), _minutes_on(meetings), _decided_on(meetings)
    supplements, keys = _supplements(meetings), _key_decisions(meetings)
    confirmed = _confirmed_on(meetings)
    later = [
        (timezone.localdate(starts_at), kind)
        for starts_at, kind in MeetingPage.objects.child_of(board)
        .live()
        .exclude(status__in=NOT_HELD)
        .order_by("starts_at")
        .values_list("starts_at", "kind")
    ]
    return {
        meeting.pk: MeetingFacts(
            day=meeting.day,
            notice_on=_local(meeting.notice_published_at or meeting.agenda_published_at),
            agenda_on=_local(meeting.agenda_published_at),
            supplements=tuple(supplements[meeting.pk]),
            unexplained=tuple(row.title for row in items[meeting.path] if row.is_urgent and not row.urgency_reason.strip()),
            key_decisions=tuple(keys[meeting.pk]),
            exempt=tuple(Dated(row.title, row.exempt_review_on) for row in items[meeting.path] if row.exempt_ground_id),
            decided_on=decided.get(meeting.path),
            minutes_on=minutes.get(meeting.path),
            confirmed_on=confirmed.get(meeting.pk),
            later=tuple(pair for pair in later if pair[0] > meeting.day),
        )
        for meeting in meetings
    }


def with_what_is_owed(board: BoardPage, meeting: MeetingPage, facts: MeetingFacts) -> MeetingFacts:
    """The same with what a meeting's resolutions left to be reported, and what the board looks at every year."""
    ordered = ResolutionAction.objects.public().filter(resolution__path__startswith=meeting.path).values("action")
    actions = ActionPage.objects.live().filter(pk__in=ordered, status__in=OPEN_STATUSES)
    asked = PartnerRequest.objects.public().filter(action__in=actions, reported_on=None, due_on__isnull=False)
    services = Service.objects.filter(
        organisation__in=board.memberships.public().values("organisation"), next_review_on__isnull=False
    )
    return replace(
        facts,
        report_backs=tuple(
            Dated(f"{row.organisation}: {row.action.title}", row.due_on)
            for row in asked.select_related("organisation", "action").order_by("due_on")
        ),
        news=tuple(Dated(row.title, row.next_news_on) for row in actions.filter(next_news_on__isnull=False)),
        reviews=tuple(Dated(row.name, row.next_review_on) for row in services.order_by("next_review_on")),
    )


def warned(meeting: MeetingPage, today: date) -> list[str]:
    """What an editor is told of a meeting before its agenda goes out."""
    board = meeting.board
    return warnings(rule_book(board), facts_of(board, [meeting])[meeting.pk], today)


def _local(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def _below(model: Any, meetings: Sequence[MeetingPage], steps: int) -> list[tuple[str, Any]]:
    """Records below meetings with the paths of these, in one query."""
    wanted = {meeting.path for meeting in meetings}
    if not wanted:
        return []
    board = path_above(meetings[0])
    rows = model.objects.filter(path__startswith=board, depth=meetings[0].depth + steps)
    return [(path, row) for row in rows.order_by("path") if (path := path_above(row, steps)) in wanted]


def _items(meetings: Sequence[MeetingPage]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for path, row in _below(AgendaItemPage, meetings, 1):
        found[path].append(row)
    return found


def _first_days(rows: list[tuple[str, Any]]) -> dict[str, date]:
    found: dict[str, date] = {}
    for path, row in rows:
        day = _local(row.first_published_at)
        if day is not None:
            found[path] = min(day, found.get(path, day))
    return found


def _minutes_on(meetings: Sequence[MeetingPage]) -> dict[str, date]:
    return _first_days(_below(MinutePage, meetings, 2))


def _decided_on(meetings: Sequence[MeetingPage]) -> dict[str, date]:
    return _first_days(_below(ResolutionPage, meetings, 2))


def _confirmed_on(meetings: Sequence[MeetingPage]) -> dict[int, date]:
    rows = LedgerEntry.objects.filter(page__in=[meeting.pk for meeting in meetings], event=LedgerEvent.CONFIRMED)
    return {page: timezone.localdate(at) for page, at in rows.order_by("-at").values_list("page", "at")}


def _supplements(meetings: Sequence[MeetingPage]) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = defaultdict(list)
    for row in Supplement.objects.public().filter(meeting__in=[meeting.pk for meeting in meetings]):
        found[row.meeting_id].append(Dated(str(row), _local(row.published_at)))
    return found


def _key_decisions(meetings: Sequence[MeetingPage]) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = defaultdict(list)
    keys = [meeting.pk for meeting in meetings]
    for row in ProgrammeEntry.objects.filter(meeting__in=keys, is_key_decision=True, dropped_because=""):
        found[row.meeting_id or 0].append(Dated(row.title, row.public_since))
    return found
