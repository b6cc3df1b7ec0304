"""Many records for the bench: one pattern made through the ordinary operations, then copies of its rows.

The pattern (a meeting with its items, minutes and resolutions, an action with its news) passes the same doors as any record. The copies
do not: they are inserted in bulk, with references, ledger entries, addresses and links of their own, but without versions and without
counters of what stands below them. They say how the site behaves when it is full, not how fast it is filled.
"""

from collections import Counter as Counting
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from wagtail.models import Page

from governance.enums import ActionStatus
from governance.models import (
    ActionPage,
    BoardPage,
    Counter,
    LedgerEntry,
    LedgerEvent,
    ProgressIndexPage,
    ProgressUpdatePage,
    PublicAddress,
    Reference,
)
from governance.numbering import board_year, reference_slug
from governance.operations.ledger import enter_many
from governance.operations.publishing import add_record
from minutes.enums import MeetingStatus, Verb
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionAction, ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.meetings import add_item, publish_agenda, schedule_meeting, set_status
from minutes.operations.minuting import publish_minutes

ITEMS = 10
NEWS = 4
# A meeting, its items with a minute and a resolution each, an action and its news.
PAGES_IN_A_PATTERN = 1 + 3 * ITEMS + 1 + NEWS
FIRST_DAY = date(1990, 1, 4)


@dataclass
class Pattern:
    """What is copied: the pages of a meeting and of an action, and what links them."""

    meeting: MeetingPage
    action: ActionPage
    resolution: ResolutionPage

    _below: dict[int, list[Any]] = field(default_factory=dict)

    def below(self, top: Any) -> list[Any]:
        """The pages of its meeting or its action: parents before children, and so a minute before its resolution."""
        if top.pk not in self._below:
            self._below[top.pk] = list(Page.objects.descendant_of(top, inclusive=True).order_by("path").specific())
        return self._below[top.pk]


@transaction.atomic
def generate_pages(*, pages: int, board: BoardPage, by: Any) -> int:
    """Make at least this many live pages on a board. Returns how many were made.

    Args:
        pages: how many are wanted; whole meetings with an action each are made.
        board: the board that meets.
        by: who makes them.
    """
    pattern = make_pattern(board=board, by=by)
    copies = max(0, -(-pages // PAGES_IN_A_PATTERN) - 1)
    copying = Copying(pattern, by)
    for number in range(1, copies + 1):
        copying.add(number)
    copying.insert()
    for top in (pattern.meeting, pattern.action):
        Page.objects.filter(pk=top.get_parent().pk).update(numchild=models.F("numchild") + copies)
    Counter.objects.filter(scope=pattern.action.reference_scope()).update(last=models.F("last") + copies)
    return (copies + 1) * PAGES_IN_A_PATTERN


def make_pattern(*, board: BoardPage, by: Any) -> Pattern:
    """A meeting of long ago and an action, published through the operations that people use."""
    at = datetime.combine(FIRST_DAY, time(14), UTC)
    meeting = schedule_meeting(board=board, starts_at=at, by=by, at=at)
    for number in range(1, ITEMS + 1):
        add_item(meeting=meeting, item=AgendaItemPage(title=f"Generated item {number}", body="<p>A report.</p>"), by=by, at=at)
    publish_agenda(meeting=meeting, by=by, at=at)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=by, at=at)
    for item in AgendaItemPage.objects.child_of(meeting).order_by("position"):
        minute = MinutePage(title=item.title, slug="minute", text="<p>The report was considered.</p>")
        add_record(parent=item, page=minute, by=by, at=at)
        clause = ResolutionPage(
            title="Resolution 1", slug="resolution-1", position=1, text="That the generated report be noted.", verbs=[Verb.NOTE]
        )
        add_record(parent=item, page=clause, by=by, at=at)
    publish_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=by, at=at)
    index = ProgressIndexPage.objects.get()
    action = ActionPage(title="Generated action", slug=f"{board.code}-generated".lower(), board=board, promise="We will do it.")
    action = add_record(parent=index, page=action, by=by, at=at, publish=True)
    resolution = ResolutionPage.objects.descendant_of(meeting).order_by("path")[0]
    link_action(resolution=resolution, action=action, by=by, at=at)
    for number in range(1, NEWS + 1):
        news = ProgressUpdatePage(
            title=f"Generated news {number}",
            date=FIRST_DAY + timedelta(weeks=number),
            what_changed="Something.",
            status=ActionStatus.UNDER_WAY,
        )
        add_record(parent=action, page=news, by=by, at=at + timedelta(weeks=number), publish=True)
    return Pattern(MeetingPage.objects.get(pk=meeting.pk), ActionPage.objects.get(pk=action.pk), resolution)


class Copying:
    """Copies of a pattern, gathered and then inserted all at once."""

    def __init__(self, pattern: Pattern, by: Any) -> None:
        self.pattern = pattern
        self.by = by
        self.records: list[Any] = []
        self.links: list[tuple[int, int]] = []
        self._minutes: Counting[str] = Counting()

    def add(self, number: int) -> None:
        """Take in copy `number`, that many weeks after the pattern."""
        places: dict[int, int] = {}
        for top in (self.pattern.meeting, self.pattern.action):
            references: dict[str, str] = {}
            naming = Naming.of(top, number)
            for original in self.pattern.below(top):
                places[original.pk] = len(self.records)
                self.records.append(self._copied(original, naming, references))
        self.links.append((places[self.pattern.resolution.pk], places[self.pattern.action.pk]))

    def _copied(self, original: Any, naming: "Naming", references: dict[str, str]) -> Any:
        copy = type(original)(
            **{column.attname: getattr(original, column.attname) for column in original._meta.concrete_fields}
        )
        copy.pk = copy.id = copy.page_ptr_id = None
        copy.translation_key, copy.live_revision_id, copy.latest_revision_id = uuid4(), None, None
        copy.path = naming.path + original.path[len(naming.top.path) :]
        copy.url_path = naming.url_path + original.url_path[len(naming.top.url_path) :]
        copy.first_published_at = copy.last_published_at = original.first_published_at + naming.later
        if original.pk == naming.top.pk:
            naming.rename(copy)
        copy.reference = self._reference(original, naming, references)
        references[original.reference] = copy.reference
        return copy

    def _reference(self, original: Any, naming: "Naming", references: dict[str, str]) -> str:
        """Minutes take the next number of their year; everything else is named after what it stands below."""
        if original.pk == naming.top.pk:
            return naming.reference
        if isinstance(original, MinutePage):
            scope = f"{self.pattern.meeting.board.code}/{board_year((self.pattern.meeting.starts_at + naming.later).date())}"
            # The pattern itself took the first numbers of its year.
            taken = ITEMS if str(original.reference).startswith(f"{scope}/") else 0
            self._minutes[scope] += 1
            return f"{scope}/{taken + self._minutes[scope]}"
        known = max((name for name in references if original.reference.startswith(name)), key=len)
        return references[known] + original.reference[len(known) :]

    def insert(self) -> None:
        """Insert the pages, then what names and links them."""
        columns = Page._meta.concrete_fields
        bases = [Page(**{column.attname: getattr(record, column.attname) for column in columns}) for record in self.records]
        for base, record in zip(Page.objects.bulk_create(bases, batch_size=500), self.records, strict=True):
            record.pk = record.page_ptr_id = base.pk
            # Django inserts no rows of a child table in bulk; raw leaves the parent's row alone.
            record.save_base(raw=True, force_insert=True)
        self._insert_names()
        ResolutionAction.objects.bulk_create(
            ResolutionAction(
                resolution_id=self.records[resolution].pk,
                action_id=self.records[action].pk,
                linked_at=self.records[action].first_published_at,
                linked_by=self.by,
            )
            for resolution, action in self.links
        )

    @property
    def chained_below(self) -> Any:
        """A page of the board in whose ledger the copies are entered."""
        return self.pattern.meeting

    def _insert_names(self) -> None:
        references, addresses, entries = [], [], []
        for row in self.records:
            at = row.first_published_at
            references.append(Reference(text=row.reference, slug=reference_slug(row.reference), page_id=row.pk, given_at=at))
            addresses.append(PublicAddress(path=row.url_path, page_id=row.pk, since=at))
            entries.append(LedgerEntry(page_id=row.pk, event=LedgerEvent.PUBLISHED, reference=row.reference, at=at, by=self.by))
        Reference.objects.bulk_create(references, batch_size=500)
        PublicAddress.objects.bulk_create(addresses, batch_size=500)
        enter_many(entries=entries, page=self.chained_below, by=self.by)


@dataclass(frozen=True)
class Naming:
    """What the top page of one copy is called: a meeting by its day, an action by its number."""

    top: Any
    later: timedelta
    slug: str
    path: str
    url_path: str
    reference: str

    @classmethod
    def of(cls, top: Any, number: int) -> "Naming":
        """The names of copy `number` of this page."""
        parent, later = top.get_parent(), timedelta(weeks=number)
        # The pattern was added last, so its copies take the places after it.
        place = int(Page._str2int(top.path[len(parent.path) :])) + number
        path = Page._get_path(parent.path, parent.depth + 1, place)
        if isinstance(top, MeetingPage):
            day = (top.day + later).isoformat()
            return cls(top, later, day, path, f"{parent.url_path}{day}/", f"{top.board.code}/{day}")
        code, last = top.reference.rsplit("-A", 1)
        slug = f"{top.slug}-{number}"
        return cls(top, later, slug, path, f"{parent.url_path}{slug}/", f"{code}-A{int(last) + number}")

    def rename(self, copy: Any) -> None:
        """Give the copy its own address and, if it is a meeting, its own day."""
        copy.slug = self.slug
        if isinstance(copy, MeetingPage):
            copy.starts_at += self.later
            copy.title = copy.draft_title = MeetingPage.usual_title(copy.starts_at)
