"""Papers for tests: a meeting with an item, and files taken in and checked as people do it."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.files import File

from governance.models import BoardPage, User
from minutes.enums import PaperKind
from minutes.models import AgendaItemPage, MeetingPage, Paper, PaperFile
from minutes.operations.checking import check_file
from minutes.operations.meetings import publish_agenda
from minutes.operations.paper_files import publish_anyway, take_file
from minutes.operations.papers import list_paper
from tests import building
from tests.minutes.papers import samples


@dataclass
class Stage:
    """A meeting with one item, both drafts of an agenda that is not public."""

    clerk: User
    board: BoardPage
    meeting: MeetingPage
    item: AgendaItemPage

    def paper(self, title: str = "Home care: a report", **fields: Any) -> Paper:
        """A paper that is to follow."""
        fields.setdefault("kind", PaperKind.REPORT)
        return list_paper(item=self.item, title=title, by=self.clerk, **fields)

    def received(
        self, data: bytes | None = None, paper: Paper | None = None, name: str = "report.pdf", **more: Any
    ) -> PaperFile:
        """A file that waits for its check."""
        return take_file(paper=paper or self.paper(), upload=upload(data, name), by=self.clerk, **more)

    def checked(self, data: bytes | None = None, paper: Paper | None = None, **more: Any) -> PaperFile:
        """A file that was checked."""
        return done(check_file(file=self.received(data, paper, **more).pk))

    def published(self, data: bytes | None = None, title: str = "Home care: a report") -> PaperFile:
        """The file of a paper that is public with its agenda."""
        file = self.checked(data, self.paper(title))
        if file.check_state == "findings":
            publish_anyway(file=file, by=self.clerk, because="It is needed.")
        publish_agenda(meeting=self.meeting, by=self.clerk)
        self.refresh()
        return PaperFile.objects.get(pk=file.pk)

    def refresh(self) -> None:
        """Read meeting and item again."""
        self.meeting = MeetingPage.objects.get(pk=self.meeting.pk)
        self.item = AgendaItemPage.objects.get(pk=self.item.pk)


def set_stage(board: BoardPage, clerk: User) -> Stage:
    """Make it."""
    meeting = building.make_meeting(board, clerk)
    return Stage(clerk, board, meeting, building.make_item(meeting, clerk, publish=False))


def upload(data: bytes | None = None, name: str = "report.pdf") -> File:
    """A file as it comes from a form; a clean PDF unless said otherwise."""
    return File(io.BytesIO(samples.pdf() if data is None else data), name=name)


def done(file: PaperFile | None) -> PaperFile:
    """A file whose check was made."""
    assert file is not None
    return file


def state_of(paper: Paper) -> str:
    """Where a paper stands now."""
    return str(Paper.objects.get(pk=paper.pk).state)


def entries(item: AgendaItemPage) -> list[tuple[str, str]]:
    """What the ledger says of an item's papers, oldest first: the words and the digest."""
    rows = item.ledger_entries.filter(event="status").order_by("pk")
    return list(rows.values_list("note", "content_sha256"))
