"""What is planned: a year of meetings, business of every year, the making of reports, the work programme, a joint meeting."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from governance.models import DecliningReason, PreparationStep, QuestionRule, StandingItem, YearlyBusiness
from governance.operations.publishing import publish_record
from home.demonstration.documents import Document, document
from home.demonstration.stage import Stage, Step
from minutes.models import JointBoard, ProgrammeEntry
from minutes.operations.planning import plan_meetings
from minutes.planning import Monthly, days_of, moment_of, plan

Do = Callable[[Stage, datetime], Any]
RULES: dict[str, Any] = {
    "preparation_steps": PreparationStep,
    "yearly_business": YearlyBusiness,
    "standing_items": StandingItem,
    "question_rules": QuestionRule,
    "declining_reasons": DecliningReason,
}
"""The lists of a board's rule book, each with what its rows are."""


def steps(stage: Stage) -> list[Step]:
    """The rule book is filled in, the year is planned, boards agree to meet together, business is put down."""
    rows = document("plans")
    return [
        *(Step(stage.moment(row["at"]), f"{row['board']}: rule book", _fill_in(row)) for row in rows["rule_books"]),
        *(Step(stage.moment(row["at"]), f"{row['board']}: a year", _plan(row)) for row in rows["years"]),
        *(Step(stage.moment(row["at"]), f"{row['meeting']}: jointly", _join(row)) for row in rows["joint"]),
        *(Step(stage.moment(row["at"]), row["title"], _put_down(row)) for row in rows["programme"]),
    ]


def _fill_in(row: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        board = stage.find(row["board"])
        board.publishes_programme = True
        for name, model in RULES.items():
            setattr(board, name, [model(**rule) for rule in row.get(name, [])])
        publish_record(page=board, by=stage.users["editor"], at=at)

    return do


def _plan(row: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        board = stage.find(row["board"])
        first, last = stage.day(row["first"]), stage.day(row["last"])
        wanted = days_of(Monthly(row["weekday"], row["which"], frozenset(row["months"])), first, last)
        planned = plan(wanted, nation=board.nation, avoid=row["avoid"], taken={})
        moments = [moment_of(each.day, time.fromisoformat(row["starts"])) for each in planned if each.day]
        plan_meetings(
            board=board,
            moments=moments,
            length=timedelta(minutes=row["lasts"]),
            venue=row["venue"],
            step_free=row["step_free"],
            by=stage.users["approver"],
            at=at,
        )

    return do


def _join(row: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        meeting = stage.find(row["meeting"])
        meeting.joint_boards.add(JointBoard(board=stage.find(row["board"])))
        meeting.join_remotely = row["join_remotely"]
        publish_record(page=meeting, by=stage.users["approver"], at=at)

    return do


def _put_down(row: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        ProgrammeEntry.objects.create(**stage.fields(ProgrammeEntry, row, "at"), public_since=at.date(), is_public=True)

    return do
