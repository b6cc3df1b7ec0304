"""One record of every type, all public, for tests that walk through every type."""

from dataclasses import dataclass
from typing import Any

from governance.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    RecordPage,
    StrategyPage,
    User,
    WorkshopPage,
    WorkstreamPage,
)
from governance.operations.publishing import add_record
from home.models import HomePage
from minutes.enums import MeetingStatus
from minutes.operations.adoption import link_action
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building

NOT_FINAL = ("board", "meeting", "item", "action", "workshop", "strategy", "workstream", "case study")
FINAL = ("minute", "resolution")


@dataclass
class Chain:
    """Every type of record by its name in lower case, and a second item to move or copy to."""

    records: dict[str, Any]
    other_item: Any

    def fresh(self, name: str) -> Any:
        """The record as the database has it now."""
        record = self.records[name]
        return type(record).objects.get(pk=record.pk)


def make_chain(by: User) -> Chain:
    """A confirmed meeting with a resolution that orders an action with news, and everything around it."""
    board = building.make_board(by)
    meeting = building.make_meeting(board, by)
    item = building.make_item(meeting, by)
    other_item = building.make_item(meeting, by, title="Falls")
    publish_agenda(meeting=meeting, by=by)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=by)
    minute = building.make_minute(item, by, publish=False)
    resolution = building.make_resolution(item, by, publish=False)
    publish_minutes(meeting=meeting, by=by)
    confirm_minutes(meeting=meeting, by=by)
    action = building.make_action(board, by)
    resolution.refresh_from_db()
    link_action(resolution=resolution, action=action, by=by)
    update = building.make_update(action, by)
    workshop = add_record(
        parent=action, page=WorkshopPage(title="Workshop", starts_at=building.london(2026, 12, 1, 10)), by=by, publish=True
    )
    strategy = add_record(
        parent=HomePage.objects.get(), page=StrategyPage(title="Living well", board=board), by=by, publish=True
    )
    workstream = add_record(parent=strategy, page=WorkstreamPage(title="Home"), by=by, publish=True)
    study = add_record(parent=CaseStudyIndexPage.objects.get(), page=CaseStudyPage(title="Tea"), by=by, publish=True)
    pages: list[RecordPage] = [board, meeting, item, minute, resolution, action, update, workshop, strategy, workstream, study]
    names = ("board", "meeting", "item", "minute", "resolution", "action", "update", "workshop", "strategy", "workstream")
    records = {name: type(page).objects.get(pk=page.pk) for name, page in zip((*names, "case study"), pages, strict=True)}
    return Chain(records, other_item)
