"""Setting up meetings and moving them through their states."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEvent, PublicAddress
from governance.numbering import with_suffix
from governance.operations.ledger import enter
from governance.operations.publishing import add_record, publish_record, taken_out_at_once
from minutes.enums import MeetingStatus, PaperState
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, Paper, ResolutionPage
from minutes.operations.agendas import hold_agenda, hold_items, items_of, place_at_the_end, place_new_items, renumber
from minutes.operations.agendas_shown import check_shown, is_all_public
from minutes.operations.papers import publish_papers
from minutes.policies import check_become

# Publishing or confirming minutes does not change why a meeting went another way, such as that it had no quorum.
KEEPS_ITS_REASON = frozenset({MeetingStatus.DRAFT_MINUTES, MeetingStatus.CONFIRMED})


@transaction.atomic
def schedule_meeting(
    *, board: BoardPage, starts_at: datetime, by: Any, at: datetime | None = None, publish: bool = True, **fields: Any
) -> MeetingPage:
    """Schedule a meeting, public from the start unless said otherwise.

    Args:
        board: the board that meets.
        starts_at: when, with its time zone.
        fields: further fields of the meeting.
    """
    slug = _free_slug(board, timezone.localdate(starts_at).isoformat())
    fields.setdefault("title", MeetingPage.usual_title(starts_at))
    return add_record(parent=board, page=MeetingPage(slug=slug, starts_at=starts_at, **fields), by=by, at=at, publish=publish)


def _free_slug(board: BoardPage, day: str) -> str:
    """The address of a meeting: its day, with a number where another meeting of that day has or had it."""
    now = board.get_children().filter(slug__startswith=day).values_list("slug", flat=True)
    once = PublicAddress.objects.filter(path__startswith=f"{board.url_path}{day}").values_list("path", flat=True)
    taken = set(now) | {path.removeprefix(board.url_path).strip("/") for path in once}
    return next(slug for slug in (with_suffix(day, number) for number in count(1)) if slug not in taken)


def meeting_on(board: BoardPage, day: date) -> MeetingPage | None:
    """The board's meeting on a day; the first where there are two."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day, time.max))
    return MeetingPage.objects.child_of(board).filter(starts_at__range=(start, end)).order_by("starts_at").first()


@transaction.atomic
def set_status(*, meeting: MeetingPage, status: str, by: Any, reason: str = "", at: datetime | None = None) -> MeetingPage:
    """Move a meeting to another state. Nothing else changes the state of a meeting.

    Args:
        status: the state it passes to.
        reason: why, for the states that need it.

    Raises:
        Refused: the table of transitions does not allow it, the reason is missing, or its day has not come.
    """
    at = at or timezone.now()
    row = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_become(row, status, on=timezone.localdate(at), reason=reason)
    kept = row.status_reason if status in KEEPS_ITS_REASON else ""
    if status == MeetingStatus.INQUORATE:
        _check_decided_nothing(row)
    had_none = status == MeetingStatus.INQUORATE or (row.had_no_quorum and status != MeetingStatus.HELD)
    MeetingPage.objects.filter(pk=row.pk).update(status=status, status_reason=reason.strip() or kept, had_no_quorum=had_none)
    event = LedgerEvent.CONFIRMED if status == MeetingStatus.CONFIRMED else LedgerEvent.STATUS
    enter(page=row, event=event, by=by, at=at, note=f"{MeetingStatus(status).label} {reason}".strip())
    row.refresh_from_db()
    return row


def _check_decided_nothing(meeting: MeetingPage) -> None:
    """A meeting whose resolutions are public had a quorum, or they have to be withdrawn first."""
    decided = ResolutionPage.objects.descendant_of(meeting).live().first()
    if decided is not None:
        raise Refused(
            _("“%(resolution)s” of this meeting is public. A meeting without a quorum has no resolutions.")
            % {"resolution": decided}
        )


@transaction.atomic
def publish_agenda(
    *, meeting: MeetingPage, by: Any, at: datetime | None = None, shown: str | None = None, despite: Sequence[str] = ()
) -> MeetingPage:
    """Publish a meeting's agenda: every item, every heading and every paper that is ready, all or none. Papers to follow are announced by their titles.

    Twice does no harm: what is public already stays as it is.

    Args:
        shown: what was shown to the person (`minutes/agenda_shown.py`); None where nobody looked at it first.
        despite: what was found that an agenda should not have; it is noted that it was published all the same.

    Raises:
        Refused: there are no items, the meeting is past its agenda, or something changed since it was shown.
    """
    at = at or timezone.now()
    row = hold_agenda(meeting)
    hold_items(row)
    items = items_of(row)
    if not items:
        raise Refused(_("The agenda of %(meeting)s has no items yet.") % {"meeting": row})
    if shown is not None:
        if is_all_public(row, items):
            return row
        check_shown(row, shown)
    if row.status != MeetingStatus.AGENDA_PUBLISHED:
        set_status(meeting=row, status=MeetingStatus.AGENDA_PUBLISHED, by=by, at=at)
    if despite:
        note = _("The agenda was published although: %(findings)s") % {"findings": " ".join(despite)}
        enter(page=row, event=LedgerEvent.STATUS, by=by, at=at, note=note)
    place_new_items(row)
    renumber(row)
    _publish_all(row, items_of(row), by=by, at=at)
    MeetingPage.objects.filter(pk=row.pk, agenda_published_at=None).update(agenda_published_at=at)
    return MeetingPage.objects.get(pk=row.pk)


def _publish_all(meeting: MeetingPage, items: Sequence[AgendaItemPage], *, by: Any, at: datetime) -> None:
    if not meeting.live:
        publish_record(page=meeting.get_latest_revision_as_object(), by=by, at=at)
    taken_out = set(taken_out_at_once().values_list("page", flat=True))
    for item in items:
        if item.pk not in taken_out and (not item.live or item.has_unpublished_changes):
            publish_record(page=item.get_latest_revision_as_object(), by=by, at=at)
    AgendaSection.objects.filter(meeting=meeting.pk, published_at=None).update(published_at=at)
    ready = Paper.objects.filter(item__in=items, state=PaperState.CHECKED)
    publish_papers(papers=ready.order_by("item__position", "item__path", "position", "pk"), by=by, at=at)
    awaited = Paper.objects.filter(item__in=items, state=PaperState.TO_FOLLOW, announced_at=None)
    awaited.update(announced_at=at)


@transaction.atomic
def add_item(
    *, meeting: MeetingPage, item: AgendaItemPage, by: Any, at: datetime | None = None, publish: bool = False
) -> AgendaItemPage:
    """Put an item at the end of an agenda, numbered after the last unless it has a number, as an item has that was printed elsewhere."""
    row = hold_agenda(meeting)
    place_at_the_end(row, item)
    return add_record(parent=row, page=item, by=by, at=at, publish=publish)
