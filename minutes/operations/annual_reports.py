"""Putting annual reports together. The row is the job: it is asked for here and taken up by the worker."""

import hashlib
import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.lineage import path_above
from governance.models import ActionPage, BoardPage
from governance.numbering import board_year, year_span
from governance.publication import Publication
from governance.waking import wake
from minutes.annual.content import AnnualContent
from minutes.annual.gather import gather
from minutes.annual.printing import print_report
from minutes.enums import ReportState
from minutes.models import AnnualReport, MeetingPage
from minutes.operations.packing import section_cache
from minutes.packs.binding import ContentsUnsettled
from minutes.packs.prose import TextRefused
from minutes.packs.render import SectionFailed

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
LOOK_EVERY = timedelta(days=1)
"""How often the records of this year and the last are read again. Older years change no more, unless somebody asks."""
WORK = "annual report"
NOTHING_KEPT: dict[str, Any] = {
    "content": {},
    "content_sha256": "",
    "file": "",
    "sha512": "",
    "bytes": None,
    "pages": None,
    "as_at": None,
}


@transaction.atomic
def ask_for_report(*, board: BoardPage, year: str, at: datetime | None = None) -> AnnualReport:
    """Ask for the report of a board's year to be put together, or to be looked at again.

    Raises:
        Refused: the board is not public, or it has no such year yet.
    """
    at = at or timezone.now()
    if not board.live:
        raise Refused(_("“%(board)s” is not public, so it has no public report.") % {"board": board})
    try:
        first, _last = year_span(year, board.year_starts_in)
    except ValueError:
        raise Refused(_("“%(year)s” is not a year of this board.") % {"year": year[:20]}) from None
    if first > timezone.localdate(at):
        raise Refused(_("The year %(year)s has not begun yet.") % {"year": year})
    row, _new = AnnualReport.objects.get_or_create(board=board, year=year, defaults={"asked_at": at})
    if row.state != ReportState.BUILDING:
        AnnualReport.objects.filter(pk=row.pk).update(state=ReportState.WAITING, asked_at=at)
        row.refresh_from_db()
    wake(WORK, row.pk)
    return row


def build_report(*, report: int, at: datetime | None = None) -> AnnualReport | None:
    """Put a report together that waits for it. Safe to call twice: the row is claimed under a lock.

    Args:
        report: the key of the row.
        at: the time of reading; now unless it is replayed.

    Returns:
        The report as it is afterwards, or None when there is nothing to do.
    """
    at = at or timezone.now()
    row = _claim(report, at)
    if row is None:
        return None
    try:
        content = gather(row.board, row.year, timezone.localdate(at))
        if row.file and content.digest == row.content_sha256:
            return _set(row, state=ReportState.READY, looked_at=at)
        return _keep(row, content, at)
    except (SectionFailed, ContentsUnsettled, TextRefused, OSError, ValueError) as problem:
        logger.warning("The annual report %s failed: %s", row, problem)
        return _set(row, state=ReportState.FAILED, failure=str(problem), looked_at=at)


def due_reports(at: datetime) -> list[tuple[BoardPage, str]]:
    """The board's years that have no report yet, and those of this and the last year that were not looked at for a day."""
    known = {(row.board_id, row.year): row for row in AnnualReport.objects.all()}
    found = []
    for board, since in boards_since():
        for year in years_of(board, since, timezone.localdate(at)):
            row = known.get((board.pk, year))
            if row is None or _is_due(row, board, at):
                found.append((board, year))
    return found


@transaction.atomic
def ask_for_due_reports(*, at: datetime | None = None) -> int:
    """Ask for every report that is due, and again for those that a dead worker left. Returns how many."""
    now = at or timezone.now()
    left = AnnualReport.objects.filter(state=ReportState.BUILDING, taken_up_at__lt=now - LEASE)
    left.update(state=ReportState.WAITING)
    due = due_reports(now)
    for board, year in due:
        ask_for_report(board=board, year=year, at=now)
    return len(due)


def follow_withdrawal(publication: Publication) -> None:
    """A record of a board was withdrawn: no report shows what it said. Each is emptied at once and put together anew."""
    page = publication.page
    board = page.board_id if isinstance(page, ActionPage) else _board_above(page)
    empty_reports(keys=set(AnnualReport.objects.filter(board=board).values_list("pk", flat=True)), at=publication.at)


def empty_reports(*, keys: set[int], at: datetime) -> None:
    """Empty reports at once, and put them together anew."""
    for key in sorted(keys):
        wake(WORK, key)
    AnnualReport.objects.filter(pk__in=keys).update(**NOTHING_KEPT, state=ReportState.WAITING, asked_at=at)


def boards_since() -> list[tuple[BoardPage, date]]:
    """Every live board with the day of its first meeting or action; those that have neither are left out. Three queries."""
    above = Substr("path", 1, Length("path") - MeetingPage.steplen)
    first = dict(MeetingPage.objects.live().annotate(above=above).values_list("above").annotate(Min("starts_at")).order_by())
    promised = dict(ActionPage.objects.live().values_list("board__path").annotate(Min("first_published_at")).order_by())
    found = []
    for board in BoardPage.objects.live().order_by("path"):
        moments = [moment for moment in (first.get(board.path), promised.get(board.path)) if moment is not None]
        if moments:
            found.append((board, timezone.localdate(min(moments))))
    return found


def years_of(board: BoardPage, since: date, today: date) -> list[str]:
    """The years of a board from its first record to today or to its end, oldest first."""
    years, day = [], since
    until = min(today, board.ended_on) if board.ended_on else today
    while day <= until:
        years.append(board_year(day, board.year_starts_in))
        day = year_span(years[-1], board.year_starts_in)[1] + timedelta(days=1)
    return years


def _is_due(row: AnnualReport, board: BoardPage, at: datetime) -> bool:
    if row.state == ReportState.WAITING:
        # Asked for, and the task for it was lost.
        return row.asked_at < at - LEASE
    if row.state == ReportState.BUILDING or row.looked_at is None or row.looked_at > at - LOOK_EVERY:
        return False
    last_year = timezone.localdate(at) - timedelta(days=366)
    return row.state == ReportState.FAILED or year_span(row.year, board.year_starts_in)[1] >= last_year


def _board_above(page: Any) -> int | None:
    paths = [path_above(page, steps) for steps in range(1, page.depth)]
    return BoardPage.objects.filter(path__in=paths).values_list("pk", flat=True).first()


@transaction.atomic
def _claim(key: int, at: datetime) -> AnnualReport | None:
    row = AnnualReport.objects.select_for_update(of=("self",)).filter(pk=key, state=ReportState.WAITING).first()
    if row is None:
        return None
    return _set(row, state=ReportState.BUILDING, taken_up_at=timezone.now(), failure="")


def _keep(row: AnnualReport, content: AnnualContent, at: datetime) -> AnnualReport:
    """Store the file first, then point to it: a half file is never shown. Emptied meanwhile by a withdrawal, it stays so."""
    data, pages = print_report(content, cache_dir=section_cache())
    digest = hashlib.sha512(data).hexdigest()
    slug = f"{content.board_code}-{content.year}".lower()
    name = row.file.storage.save(f"reports/{slug}-{content.digest[:16]}.pdf", ContentFile(data))
    kept = AnnualReport.objects.filter(pk=row.pk, state=ReportState.BUILDING).update(
        state=ReportState.READY,
        content=content.plain(),
        content_sha256=content.digest,
        file=name,
        sha512=digest,
        bytes=len(data),
        pages=pages,
        as_at=content.as_at,
        looked_at=at,
    )
    if not kept:
        logger.warning("The annual report %s was asked for again while it was put together", row)
    row.refresh_from_db()
    return row


def _set(row: AnnualReport, **columns: Any) -> AnnualReport:
    """Change the row, unless a withdrawal has emptied it meanwhile."""
    AnnualReport.objects.filter(pk=row.pk, state=row.state).update(**columns)
    row.refresh_from_db()
    return row
