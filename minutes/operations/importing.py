"""Keeping minutes that were read: meeting, item, minute, resolutions and proposed actions, all or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.coreutils import find_available_slug

from governance.enums import ActionKind, ActionOrigin, PointSource, Purpose
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Commitment, Point, ProgressIndexPage, StrategyPage, WorkstreamPage
from governance.operations.publishing import add_record, publish_record
from minutes.enums import UPCOMING, ItemOutcome, MeetingStatus, MotionOutcome, PaperState
from minutes.models import AgendaItemPage, ItemPresenter, MeetingPage, MinutePage, MinutesSource, Paper, ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.meetings import add_item, meeting_on, schedule_meeting, set_status
from minutes.policies import check_takes_minutes, is_ahead
from minutes.proposal import Proposal, ProposedClause

LONGEST_TITLE = 120
LONGEST_SLUG = 60
OUTCOMES = {"none": "", "noted": ItemOutcome.NOTED, "recommended": ItemOutcome.REFERRED}


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
    minute = _minute(item=item, proposal=proposal, by=by)
    MinutesSource.objects.create(minute=minute, text=source, sha256=digest, file_name=file_name, read_at=at or timezone.now())
    resolutions = [_resolution(item, proposal, clause, number, by) for number, clause in enumerate(proposal.clauses, start=1)]
    if publish:
        for page in (item, minute, *resolutions):
            publish_record(page=page, by=by, at=at)
    act = _Act(board=board, day=day, proposal=proposal, by=by, publish=publish, at=at)
    return _kept(minute, act.keep_what_follows(item, resolutions))


@dataclass(frozen=True)
class _Act:
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
        self.keep_commitments(workstream, item)
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

    def keep_commitments(self, workstream: WorkstreamPage | None, item: AgendaItemPage) -> None:
        """A quoted promise is the commitment of the workstream, else of the body the board answers to; else it stays in the text."""
        if workstream is None and self.board.organisation is None:
            return
        words = {"board": self.board.title, "day": date_format(self.day, "j F Y"), "item": item.title}
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
        title = _title_from(clause.text)
        action = ActionPage(
            title=title,
            slug=find_available_slug(progress, slugify(title)[:LONGEST_SLUG].strip("-")),
            kind=ActionKind.COPRODUCTION if self.proposal.is_coproduction else ActionKind.BOARD,
            board=self.board,
            promise=f"{self.proposal.stem} {clause.text}".strip(),
            origin=ActionOrigin.RESOLUTION,
            workstream=workstream,
            lead_role=clause.owner[:200],
            lead_words=clause.owner[:200],
            due_words=clause.due_words[:200],
            news_every_weeks=self.board.news_every_weeks,
        )
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
    decided = proposal.decision_kind in {"resolved", "agreed", "recommended"}
    item = AgendaItemPage(
        title=proposal.title,
        number=proposal.agenda_number,
        purpose=Purpose.DECISION if decided else Purpose.DISCUSSION,
        body=_rich_text(proposal.agenda_text),
    )
    item.presenters = [_presenter(order, words) for order, words in enumerate(proposal.presenters)]
    item = add_item(meeting=meeting, item=item, by=by)
    for order, title in enumerate(proposal.documents):
        Paper.objects.create(item=item, title=title, position=order, state=PaperState.RECEIVED)
    return item


def _presenter(order: int, words: str) -> ItemPresenter:
    name, _comma, role = words.partition(", ")
    return ItemPresenter(name=name, role=role, sort_order=order)


def _minute(*, item: AgendaItemPage, proposal: Proposal, by: Any) -> MinutePage:
    minute = MinutePage(
        title=proposal.title,
        slug="minute",
        text=_rich_text(proposal.paragraphs),
        presented_by="\n".join(proposal.presenters),
        decision_kind=proposal.decision_kind,
        outcome=OUTCOMES.get(proposal.decision_kind, ItemOutcome.DECIDED),
        mover=proposal.mover,
        seconder=proposal.seconder,
        votes_for=proposal.votes_for,
        votes_against=proposal.votes_against,
        abstentions=proposal.abstentions,
        printed_number=proposal.number,
        is_imported=True,
    )
    return add_record(parent=item, page=minute, by=by)


def _resolution(item: AgendaItemPage, proposal: Proposal, clause: ProposedClause, number: int, by: Any) -> ResolutionPage:
    page = ResolutionPage(
        title=_("%(item)s: resolution %(label)s") % {"item": proposal.title[:LONGEST_TITLE], "label": clause.label or number},
        slug=f"resolution-{number}",
        label=clause.label,
        stem=proposal.stem,
        text=clause.text,
        verbs=list(clause.verbs),
        outcome=MotionOutcome.LOST if proposal.motion_lost else MotionOutcome.CARRIED,
        position=number,
    )
    return add_record(parent=item, page=page, by=by)


def _title_from(clause: str) -> str:
    """A short title made of the clause's own first words."""
    words = clause.removeprefix("That ").strip().rstrip(".;")
    words = words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]


def _rich_text(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
