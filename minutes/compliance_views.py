"""The report of how a board kept to its rule book in a year, on a page and for a spreadsheet."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import BoardPage
from governance.numbering import board_year, year_span
from governance.spreadsheets import exported
from minutes.compliance import cells, compliance, headings

MAY_LOOK = ("change", "publish", "view")


def compliance_report(request: HttpRequest, board: int, year: str = "") -> HttpResponse:
    """The report of a board's year; of the present one where none is named.

    Raises:
        PermissionDenied: the person neither works for the board nor audits.
        Http404: it is no year.
    """
    row = get_object_or_404(BoardPage, pk=board)
    rights = row.permissions_for_user(request.user)
    if not any(rights.holds(code) for code in MAY_LOOK):
        raise PermissionDenied
    today = timezone.localdate()
    year = year or board_year(today, row.year_starts_in)
    try:
        first, last = year_span(year, row.year_starts_in)
    except ValueError as no_year:
        raise Http404 from no_year
    lines = compliance(row, first, last, today)
    name = f"notice-{row.code.lower()}-{year}"
    rows = [headings(), *(cells(line) for line in lines)]
    file = exported(request.GET.get("export", ""), name, _("Notice"), rows)
    if file is not None:
        return file
    late = [line for line in lines if not line.in_time]
    context = {"board": row, "year": year, "lines": lines, "short": len(late), "before": _other(first.year - 1, row)}
    context["after"] = _other(first.year + 1, row)
    return render(request, "minutes/admin/compliance.html", context)


def _other(starts: int, board: BoardPage) -> str:
    return board_year(date(starts, board.year_starts_in, 1), board.year_starts_in)
