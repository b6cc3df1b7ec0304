"""Keeping minutes that were read: meeting, item, minute, resolutions and proposed actions, all or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail.coreutils import find_available_slug

from governance.enums import PointSource
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Commitment, Point, ProgressIndexPage, StrategyPage, WorkstreamPage
from governance.operations.publishing import add_record, publish_record
from minutes.enums import UPCOMING, MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, MinutesSource, ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.imported_pages import action_of, item_of, minute_of, papers_of, presenters_of, resolutions_of
from minutes.operations.meetings import add_item, meeting_on, schedule_meeting, set_status
from minutes.policies import check_takes_minutes, is_ahead
from minutes.proposal import Proposal, ProposedClause


@dataclass(frozen=True)
class Kept:
    """What was kept of one text, or was kept already."""

    meeting: MeetingPage
    item: AgendaItemPage
    minute: MinutePage
    resolutions: list[ResolutionPage]
    actions: list[ActionPage]
    was_there: bool = False


@transaction.atomic
def keep_minutes(
    *,
    board: BoardPage,
    day: date,
    proposal: Proposal,
    source: str,
    by: Any,
    file_name: str = "",
    publish: bool = False,
    at: datetime | None = None,
) -> Kept:
    """Keep the minute of one item. The same text kept twice is kept once.

    Args:
        board: whose meeting it was.
        day: the day of the meeting.
        proposal: what the reader understood, as the editor corrected it.
        source: the text as it came.
        by, file_name: who keeps it, and where it came from.
        publish: whether all of it is public at once.
        at: when; now unless it is replayed.

    Raises:
        Refused: the item has no title, or the meeting takes no more minutes.
    """
    digest = hashlib.sha256(source.encode()).hexdigest()
    if known := _already_kept(board, day, digest):
        return known
    if not proposal.title.strip():
        raise Refused(_("The item has no title. Give it one, then save."))
    meeting = _meeting(board=board, day=day, by=by, at=at, publish=publish)
    item = _item(meeting=meeting, proposal=proposal, by=by)
    minute = add_record(parent=item, page=minute_of(proposal), by=by)
    MinutesSource.objects.create(minute=minute, text=source, sha256=digest, file_name=file_name, read_at=at or timezone.now())
    resolutions = [add_record(parent=item, page=clause, by=by) for clause in resolutions_of(proposal)]
    if publish:
        for page in (item, minute, *resolutions):
            publish_record(page=page, by=by, at=at)
    act = Keeping(board=board, day=day, proposal=proposal, by=by, publish=publish, at=at)
    return _kept(minute, act.keep_what_follows(item, resolutions))


@dataclass(frozen=True)
class Keeping:
    """One keeping: what is kept, for whom, by whom and when."""

    board: BoardPage
    day: date
    proposal: Proposal
    by: Any
    publish: bool
    at: datetime | None

    def keep_what_follows(self, item: AgendaItemPage, resolutions: list[ResolutionPage]) -> list[ActionPage]:
        """Concerns, commitments and proposed actions."""
        for concern in self.proposal.concerns:
            Point.objects.create(
                about_id=item.pk, text=concern, source=PointSource.MINUTED, raised_on=self.day, published=self.publish
            )
        workstream = self.workstream()
        self.keep_commitments(workstream, item.title)
        pairs = zip(resolutions, self.proposal.clauses, strict=True)
        return [self.action(clause, resolution, workstream) for resolution, clause in pairs if clause.starts_action]

    def workstream(self) -> WorkstreamPage | None:
        """The workstream that the minute names, found by its title or made from the words of the minute."""
        proposal = self.proposal
        if not proposal.workstream:
            return None
        found = WorkstreamPage.objects.filter(title__iexact=proposal.workstream).first()
        if found is not None:
            return found
        strategy = StrategyPage.objects.filter(title__iexact=proposal.strategy).first()
        if strategy is None:
            front = ProgressIndexPage.objects.get().get_parent()
            strategy = self.add(front, StrategyPage(title=proposal.strategy or proposal.workstream, board=self.board))
        return self.add(strategy, WorkstreamPage(title=proposal.workstream))

    def keep_commitments(self, workstream: WorkstreamPage | None, item: str) -> None:
        """A quoted promise is the commitment of the workstream, else of the body the board answers to; else it stays in the text."""
        if workstream is None and self.board.organisation is None:
            return
        words = {"board": self.board.title, "day": date_format(self.day, "j F Y"), "item": item}
        source = _("Minutes of %(board)s, %(day)s: %(item)s") % words
        for text in self.proposal.commitments:
            Commitment.objects.get_or_create(
                text=text,
                workstream=workstream,
                organisation=None if workstream else self.board.organisation,
                defaults={"source_title": source[:250]},
            )

    def action(self, clause: ProposedClause, resolution: ResolutionPage, workstream: WorkstreamPage | None) -> ActionPage:
        """An action for a clause, in the clause's own words until an editor puts the promise into plain English."""
        progress = ProgressIndexPage.objects.get()
        action = action_of(self.proposal, clause, board=self.board, workstream=workstream)
        action.slug = find_available_slug(progress, action.slug)
        action = self.add(progress, action)
        link_action(resolution=ResolutionPage.objects.get(pk=resolution.pk), action=action, by=self.by, at=self.at)
        return action

    def add(self, parent: Any, page: Any) -> Any:
        """Add a page as this act does."""
        return add_record(parent=parent, page=page, by=self.by, at=self.at, publish=self.publish)


def _already_kept(board: BoardPage, day: date, digest: str) -> Kept | None:
    meeting = meeting_on(board, day)
    if meeting is None:
        return None
    source = MinutesSource.objects.filter(sha256=digest, minute__path__startswith=meeting.path).select_related("minute").first()
    if source is None:
        return None
    resolutions = ResolutionPage.objects.child_of(source.minute.item)
    actions = list(ActionPage.objects.filter(resolution_links__resolution__in=resolutions).distinct())
    return _kept(source.minute, actions, was_there=True)


def _kept(minute: MinutePage, actions: list[ActionPage], was_there: bool = False) -> Kept:
    minute = MinutePage.objects.get(pk=minute.pk)
    item = minute.item
    return Kept(
        meeting=item.meeting,
        item=item,
        minute=minute,
        resolutions=list(ResolutionPage.objects.child_of(item).order_by("position", "path")),
        actions=[ActionPage.objects.get(pk=action.pk) for action in actions],
        was_there=was_there,
    )


def _meeting(*, board: BoardPage, day: date, by: Any, at: datetime | None, publish: bool) -> MeetingPage:
    meeting = meeting_on(board, day)
    if meeting is None:
        # The page of minutes gives the day and no hour: midnight stands for an hour that is not known.
        starts_at = timezone.make_aware(datetime.combine(day, time.min))
        meeting = schedule_meeting(board=board, starts_at=starts_at, by=by, at=at, publish=publish)
    check_takes_minutes(meeting)
    if meeting.status in UPCOMING and not is_ahead(meeting, timezone.localdate(at)):
        set_status(meeting=meeting, status=MeetingStatus.HELD, by=by, at=at)
    if publish and not meeting.live:
        meeting = publish_record(page=meeting, by=by, at=at)
    return MeetingPage.objects.get(pk=meeting.pk)


def _item(*, meeting: MeetingPage, proposal: Proposal, by: Any) -> AgendaItemPage:
    item = item_of(proposal)
    item.presenters = presenters_of(proposal)
    item = add_item(meeting=meeting, item=item, by=by)
    for paper in papers_of(proposal, item):
        paper.save()
    return item
