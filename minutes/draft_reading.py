"""Who reads the draft minutes of a meeting before they are public, and what they read: one policy that every door asks."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wagtail.models import Revision

from governance.lineage import path_above
from governance.models import Membership
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, DraftComment, DraftRound, MeetingPage, MinutePage, ResolutionPage

WORDS_OF_A_MINUTE = ("text", "presented_by", "mover", "seconder")


@dataclass
class DraftItem:
    """An item with what is drafted about it.

    Attributes:
        words: the words of its minute as last written, by their columns.
        clauses: its resolutions as last written, each with its label.
        comments: what the reader said of it.
    """

    item: AgendaItemPage
    minute: MinutePage | None = None
    words: dict[str, str] = field(default_factory=dict)
    clauses: list[tuple[str, str]] = field(default_factory=list)
    comments: list[DraftComment] = field(default_factory=list)


def rounds_open_to(user: Any) -> QuerySet[DraftRound]:
    """The rounds in which a person reads drafts now: those sent to them, and those sent to a board they sit on today."""
    person = getattr(user, "person", None)
    if person is None or not user.is_active:
        return DraftRound.objects.none()
    today = timezone.localdate()
    seats = Membership.objects.public().filter(Q(to_date=None) | Q(to_date__gte=today), from_date__lte=today, person=person)
    boards = list(seats.values_list("board__path", flat=True))
    theirs = Q(pk=None)
    for path in boards:
        theirs |= Q(meeting__path__startswith=path)
    sent = Q(pk__in=DraftRound.objects.filter(readers=person).values("pk")) | (Q(to_members=True) & theirs)
    open_ones = DraftRound.objects.filter(sent, ended_at=None).exclude(meeting__status=MeetingStatus.CONFIRMED)
    return open_ones.select_related("meeting")


def may_read_draft(user: Any, meeting: MeetingPage) -> bool:
    """Whether the person reads the draft minutes of this meeting."""
    return rounds_open_to(user).filter(meeting=meeting).exists()


def may_comment_on_draft(user: Any, meeting: MeetingPage) -> bool:
    """Whether the person comments on them: those to whom they were sent by name."""
    person = getattr(user, "person", None)
    return person is not None and rounds_open_to(user).filter(meeting=meeting, readers=person).exists()


def draft_of(meeting: MeetingPage, reader: Any) -> list[DraftItem]:
    """The draft minutes of a meeting as last written, in the order of the agenda, in a number of queries that does not grow.

    Args:
        reader: the person whose own comments are shown with them.
    """
    items = AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
    found = {item.path: DraftItem(item) for item in items}
    minutes = list(MinutePage.objects.descendant_of(meeting))
    clauses = list(ResolutionPage.objects.descendant_of(meeting).order_by("position", "path"))
    written = Revision.objects.in_bulk([page.latest_revision_id for page in [*minutes, *clauses] if page.latest_revision_id])
    by_minute: dict[int, DraftItem] = {}
    for minute in minutes:
        line = by_minute[minute.pk] = found[path_above(minute)]
        line.minute = minute
        line.words = {name: _as_written(minute, name, written) for name in WORDS_OF_A_MINUTE}
    for clause in clauses:
        text = f"{_as_written(clause, 'stem', written)} {_as_written(clause, 'text', written)}".strip()
        found[path_above(clause)].clauses.append((_as_written(clause, "label", written), text))
    for comment in DraftComment.objects.filter(minute__in=by_minute, person=reader):
        by_minute[comment.minute_id].comments.append(comment)
    return [line for line in found.values() if line.minute is not None or line.clauses]


def _as_written(page: Any, name: str, written: dict[int, Revision]) -> str:
    """A column as the latest version has it."""
    revision = written.get(page.latest_revision_id)
    return str((revision.content if revision is not None else {}).get(name, getattr(page, name)) or "")
