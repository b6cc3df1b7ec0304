"""Keeping the minutes of many meetings in one transaction: the same records as `keep_minutes` makes one by one, all of them public."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import PointSource
from governance.exceptions import Refused
from governance.models import BoardPage, Counter, LedgerEvent, Point, ProgressUpdatePage, PublicAddress, WorkstreamPage
from governance.operations.bulk.batch import Batch, held_in_memory
from governance.operations.bulk.promises import NewPromises
from minutes.agenda_numbers import Place, numbers
from minutes.enums import UPCOMING, LinkKind, MeetingStatus, MinuteState, ResolutionStanding
from minutes.models import AgendaItemPage, MeetingPage, MinutesSource, ResolutionAction, ResolutionPage
from minutes.numbering import distinct_marks
from minutes.operations.bulk.understood import Promised, UnderstoodMeeting, UnderstoodMinute
from minutes.operations.calendars import digest_of
from minutes.operations.ending import call_in_of
from minutes.operations.imported_pages import action_of, item_of, minute_of, papers_of, presenters_of, resolutions_of
from minutes.operations.importing import Keeping
from minutes.policies import check_become, check_publishes_decisions, check_takes_minutes, is_ahead

NOTHING_YET = {"text_of_papers": "", "released_words": ""}
"""A new item has no public paper, and nothing of it was released."""


@held_in_memory()
@transaction.atomic
def keep_meetings(*, board: BoardPage, meetings: Sequence[UnderstoodMeeting], by: Any) -> list[MeetingPage]:
    """Keep and publish the minutes of meetings that the board has no page of yet, all or none. Nobody is told: it is no news.

    Args:
        board: whose meetings they were.
        meetings: those of one batch; some hundred items are held in memory at once.

    Raises:
        Refused: somebody else has to approve what this board publishes, a meeting is there already, or a record is wrong.
        ValidationError: a field is missing or wrong.
    """
    if board.approved_by_another or board.private_by_default:
        raise Refused(_("Somebody else approves what this board publishes, so its minutes are kept one by one."))
    days = [meeting.day for meeting in meetings]
    if len(set(days)) < len(days) or free_days(board, days) != set(days):
        raise Refused(_("One of the meetings is there already. Its minutes are kept one by one."))
    keeping = MeetingsKept(board, meetings, by)
    kept = [keeping.keep(meeting) for meeting in meetings]
    keeping.batch.write()
    keeping.promises.follow()
    return kept


def free_days(board: BoardPage, days: Iterable[date]) -> set[date]:
    """The days on which the board has and had no meeting, and nothing stands at the address of one."""
    slugs = {day.isoformat(): day for day in days}
    below = board.get_children().filter(slug__in=slugs).values_list("slug", flat=True)
    paths = {f"{board.url_path}{slug}/": slug for slug in slugs}
    once = PublicAddress.objects.filter(path__in=paths).values_list("path", flat=True)
    scopes = {f"{board.code}/{slug}": slug for slug in slugs}
    counted = Counter.objects.filter(scope__in=scopes).values_list("scope", flat=True)
    taken = {*below, *(paths[path] for path in once), *(scopes[scope] for scope in counted)}
    free = {day for slug, day in slugs.items() if slug not in taken}
    if free:
        span = (_midnight(min(free)), timezone.make_aware(datetime.combine(max(free), time.max)))
        met = MeetingPage.objects.child_of(board).filter(starts_at__range=span).values_list("starts_at", flat=True)
        free -= {timezone.localdate(starts_at) for starts_at in met}
    return free


def _midnight(day: date) -> datetime:
    """It stands for an hour that is not known: the page of minutes gives the day alone."""
    return timezone.make_aware(datetime.combine(day, time.min))


class MeetingsKept:
    """The records of one batch of meetings."""

    def __init__(self, board: BoardPage, meetings: Sequence[UnderstoodMeeting], by: Any) -> None:
        self.board, self.by = board, by
        # Workstreams and commitments may be there already, so they are kept in the ordinary way, before keys are taken for what is new.
        minutes = [(meeting, minute) for meeting in meetings for minute in meeting.minutes]
        self.workstreams = {id(minute): self._workstream(meeting, minute) for meeting, minute in minutes}
        self.batch = Batch(board=board, by=by)
        self.batch.hold_parent(board)
        wanted = [
            action_of(minute.proposal, clause, board=board, workstream=None).slug
            for _meeting, minute in minutes
            for clause in minute.proposal.clauses
            if clause.starts_action
        ]
        self.promises = NewPromises(self.batch, wanted)

    def _workstream(self, meeting: UnderstoodMeeting, minute: UnderstoodMinute) -> WorkstreamPage | None:
        keeping = Keeping(board=self.board, day=meeting.day, proposal=minute.proposal, by=self.by, publish=True, at=meeting.at)
        workstream = keeping.workstream()
        keeping.keep_commitments(workstream, minute.proposal.title)
        return workstream

    def keep(self, understood: UnderstoodMeeting) -> MeetingPage:
        """One meeting with everything below it."""
        meeting = self._meeting(understood)
        check_takes_minutes(meeting)
        check_publishes_decisions(meeting, timezone.localdate(understood.at))
        places: list[Place] = []
        for minute in understood.minutes:
            self._item(meeting, understood, minute, places)
        return meeting

    def _meeting(self, understood: UnderstoodMeeting) -> MeetingPage:
        at = understood.at
        starts_at = understood.says.get("starts_at") or _midnight(understood.day)
        says = {"title": MeetingPage.usual_title(starts_at), **understood.says, "starts_at": starts_at.astimezone(UTC)}
        meeting = MeetingPage(slug=understood.day.isoformat(), **says)
        self.batch.add(parent=self.board, page=meeting, at=at)
        self.batch.give_reference(meeting, at)
        meeting.announced_starts_at = meeting.starts_at
        meeting.calendar_changed_at, meeting.calendar_digest = at, digest_of(meeting)
        self.batch.publish(meeting, at)
        if meeting.status in UPCOMING and not is_ahead(meeting, timezone.localdate(at)):
            self._pass(meeting, MeetingStatus.HELD, at)
        return meeting

    def _pass(self, meeting: MeetingPage, status: MeetingStatus, at: datetime) -> None:
        """The meeting passes to another state."""
        check_become(meeting, status, on=timezone.localdate(at))
        meeting.status = status
        self.batch.enter(meeting, LedgerEvent.STATUS, at, note=str(status.label))

    def _item(self, meeting: MeetingPage, understood: UnderstoodMeeting, minute: UnderstoodMinute, places: list[Place]) -> None:
        at, proposal = understood.at, minute.proposal
        if not proposal.title.strip():
            raise Refused(_("The item has no title. Give it one, then save."))
        item = item_of(proposal)
        usual = numbers([*places, Place(0)])[0]
        item.keeps_number = bool(item.number) and item.number != usual
        item.number, item.position = item.number or usual, len(places) + 1
        rows = {"presenters": presenters_of(proposal)}
        self.batch.add(parent=meeting, page=item, at=at, rows=rows, searched=NOTHING_YET)
        places.append(Place(item.pk, item.number, stays=True, is_printed=item.keeps_number))
        self.batch.give_reference(item, at)
        self.batch.publish(item, at)
        for paper in papers_of(proposal, item):
            self.batch.add_row(paper)
        for concern in proposal.concerns:
            said = {"text": concern, "source": PointSource.MINUTED, "raised_on": understood.day, "published": True}
            self.batch.add_row(Point(about_id=item.pk, board_id=self.board.pk, **said))
        self._minute(meeting, item, minute, at)
        clauses = self._resolutions(meeting, item, minute, at)
        self._actions(meeting, clauses, minute, at)

    def _minute(self, meeting: MeetingPage, item: AgendaItemPage, minute: UnderstoodMinute, at: datetime) -> None:
        page = minute_of(minute.proposal)
        page.state = MinuteState.PUBLISHED
        self.batch.add(parent=item, page=page, at=at)
        self.batch.give_reference(page, at)
        self.batch.publish(page, at)
        if meeting.status != MeetingStatus.DRAFT_MINUTES:
            self._pass(meeting, MeetingStatus.DRAFT_MINUTES, at)
        said = {"text": minute.source, "sha256": hashlib.sha256(minute.source.encode()).hexdigest()}
        self.batch.add_row(MinutesSource(minute_id=page.pk, file_name=minute.file_name, read_at=at, **said))

    def _resolutions(
        self, meeting: MeetingPage, item: AgendaItemPage, minute: UnderstoodMinute, at: datetime
    ) -> list[ResolutionPage]:
        clauses = resolutions_of(minute.proposal)
        marks = distinct_marks([clause.label for clause in clauses])
        for clause, mark in zip(clauses, marks, strict=True):
            self.batch.add(parent=item, page=clause, at=at)
            clause.mark = mark
            scope = f"{item.reference}{mark}"
            if clause is clauses[0]:
                # The clauses are marked when the first of them is public, so that was entered before it had a reference.
                self.batch.publish(clause, at)
            self.batch.give_reference(clause, at, scope, scope)
            if clause is not clauses[0]:
                self.batch.publish(clause, at)
            if clause.is_carried:
                self._adopt(clause, at)
        return clauses

    def _adopt(self, clause: ResolutionPage, at: datetime) -> None:
        clause.adopted_at, clause.adopted_by, clause.standing = at, self.by, ResolutionStanding.ADOPTED
        self.batch.enter(clause, LedgerEvent.ADOPTED, at)
        for name, value in call_in_of(self.board, clause, at).items():
            setattr(clause, name, value)

    def _actions(self, meeting: MeetingPage, clauses: list[ResolutionPage], minute: UnderstoodMinute, at: datetime) -> None:
        """The actions that clauses start, then what was told of each."""
        told = []
        for number, proposed in enumerate(minute.proposal.clauses):
            if not proposed.starts_action:
                continue
            clause, promised = clauses[number], minute.promised.get(number, Promised())
            action = action_of(minute.proposal, proposed, board=self.board, workstream=self.workstreams[id(minute)])
            for name, value in promised.says.items():
                setattr(action, name, value)
            self.promises.add(action, at)
            link = {"kind": LinkKind.ORDERS, "linked_at": at, "linked_by": self.by}
            self.batch.add_row(ResolutionAction(resolution_id=clause.pk, action_id=action.pk, **link))
            self.batch.enter(clause, LedgerEvent.LINKED, at, note=str(action))
            if clause.adopted_at is not None:
                self.promises.agree(action, meeting.day)
            told += [(action, news) for news in promised.news]
        for action, news in told:
            self.promises.add_news(action, ProgressUpdatePage(**news.says), news.at)
