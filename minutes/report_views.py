"""The reports in the admin: a table, narrowed by board and year, and as a file for spreadsheets."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wagtail.permissions import policy_registry

from governance.models import BoardPage
from governance.spreadsheets import exported
from minutes.reports import REPORTS, Asked, report_named, years_to_choose

LOOKING = {"change", "publish", "view"}
ON_A_PAGE = 100
"""Rows that the page shows at once. A file holds them all."""


def reads_reports(user: Any) -> bool:
    """Whether the person looks at any board."""
    return bool(policy_registry.get_by_type(BoardPage).user_has_any_permission(user, LOOKING))


def boards_looked_at(user: Any) -> list[BoardPage]:
    """The boards whose reports the person reads: those they work for, and all for who looks at everything."""
    policy = policy_registry.get_by_type(BoardPage)
    seen = policy.instances_user_has_any_permission_for(user, LOOKING)
    return list(BoardPage.objects.filter(pk__in=seen.values("pk")).order_by("title"))


def report(request: HttpRequest, name: str) -> HttpResponse:
    """One report. What an address asks for and is no board or year of the person's is left out of account.

    Raises:
        Http404: there is no such report.
        PermissionDenied: the person looks at no board.
    """
    found, boards = report_named(name), boards_looked_at(request.user)
    if found is None:
        raise Http404
    if not boards:
        raise PermissionDenied
    today = timezone.localdate()
    years = years_to_choose(today, boards[0].year_starts_in) if found.years else []
    code, year = request.GET.get("board", ""), request.GET.get("year", "")
    chosen = [board for board in boards if board.code == code] or boards
    year = year if year in years else ""
    rows = found.rows(Asked(chosen, year, today))
    parts = [found.name, chosen[0].code.lower() if len(chosen) == 1 else "", year]
    table = [[str(heading) for heading in found.headings], *rows]
    file = exported(request.GET.get("export", ""), "-".join(filter(None, parts)), str(found.title), table)
    if file is not None:
        return file
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"report": found, "reports": REPORTS, "page": page, "boards": boards, "years": years, "year": year}
    context |= {"board": chosen[0].code if len(chosen) == 1 else ""}
    return render(request, "minutes/admin/report.html", context)
