"""How far each report of a meeting is: of whom it was asked, by when it is due, whether it is here, and which steps are ticked off."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from governance.models import PreparationStep
from minutes.clock_facts import rule_book
from minutes.enums import PaperKind, PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper, PaperFile, PaperRequest
from minutes.operations.paper_requests import latest_requests
from minutes.operations.reminding import addresses_by_name, due_by
from minutes.preparation import Step, steps_of_all


@dataclass(frozen=True)
class ReportRow:
    """One report of a meeting.

    Attributes:
        paper: as it is listed; None where the item names an author and lists no report yet.
        author: of whom it is or would be asked.
        email: where they would be written to, if that is known.
        asked: how it was asked for last.
        due_on: by when it is due.
        received_at: when its newest file came.
        steps: those of its making.
    """

    item: AgendaItemPage
    paper: Paper | None
    author: str
    email: str
    asked: PaperRequest | None
    due_on: date
    received_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names it on a form."""
        return f"{self.item.pk}-{self.paper.pk if self.paper else 0}"

    @property
    def can_be_asked(self) -> bool:
        """Whether it is still to follow."""
        return self.paper is None or self.paper.state == PaperState.TO_FOLLOW

    @property
    def is_in_the_making(self) -> bool:
        """Whether it is not public: then its steps still matter."""
        return self.paper is None or self.paper.published_at is None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it."""
        return self.can_be_asked and today > self.due_on

    @property
    def ticked(self) -> int:
        """How many steps are ticked off."""
        return sum(step.done is not None for step in self.steps)

    @property
    def left(self) -> list[str]:
        """The names of the others."""
        return [step.name for step in self.steps if step.done is None]


def usual_due_date(meeting: MeetingPage) -> date:
    """By when reports of a meeting are due unless they are asked for by another day."""
    board = meeting.board
    last = PreparationStep.objects.filter(board=board.pk).order_by("days_before", "pk").first()
    return due_by(meeting, rule_book(board), last)


def reports_of(meeting: MeetingPage) -> list[ReportRow]:
    """Every report of a meeting, and every other paper that is to follow, in the order of its agenda, in a number of queries that does not grow with them."""
    items = list(AgendaItemPage.objects.child_of(meeting).order_by("position", "path"))
    papers = list(Paper.objects.filter(item__in=[item.pk for item in items]).exclude(kind=PaperKind.SIGNED))
    by_paper = latest_requests(papers)
    wanted = [
        paper
        for paper in papers
        if paper.kind == PaperKind.REPORT or paper.state == PaperState.TO_FOLLOW or paper.pk in by_paper
    ]
    came = dict(PaperFile.objects.filter(paper__in=papers).order_by().values_list("paper").annotate(Max("uploaded_at")))
    steps, usual = steps_of_all(meeting, [item.pk for item in items]), usual_due_date(meeting)
    addresses = addresses_by_name()
    rows = []
    for item in items:
        own: list[Paper | None] = [paper for paper in wanted if paper.item_id == item.pk]
        for paper in own or ([None] if item.report_author else []):
            asked = by_paper.get(paper.pk) if paper else None
            author = asked.name if asked else item.report_author
            rows.append(
                ReportRow(
                    item=item,
                    paper=paper,
                    author=author,
                    email=(asked.email if asked else "") or addresses.get(author, ""),
                    asked=asked,
                    due_on=asked.due_on if asked else usual,
                    received_at=came.get(paper.pk) if paper else None,
                    steps=steps[item.pk],
                )
            )
    return rows
