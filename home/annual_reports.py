"""Annual reports in public: a page and a file each, shown as they were put together, never made when they are read."""

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import http_date

from governance.models import BoardPage
from governance.numbering import board_year, year_span
from minutes.models import AnnualReport


def index(request: HttpRequest) -> HttpResponse:
    """Every board with the years that it has a report of."""
    reports = Prefetch("annual_reports", AnnualReport.objects.public().defer("content").order_by("-year"), "public_reports")
    boards = BoardPage.objects.live().order_by("title").prefetch_related(reports)
    return render(request, "home/annual_reports.html", {"boards": boards})


def report(request: HttpRequest, code: str, year: str) -> HttpResponse:
    """One board's year. A year that has begun and has no report yet is said to be on its way."""
    board = get_object_or_404(BoardPage.objects.live(), code=code.upper())
    if code != board.code:
        return redirect("annual_report", code=board.code, year=year, permanent=True)
    try:
        first, _last = year_span(year, board.year_starts_in)
    except ValueError:
        raise Http404 from None
    today = timezone.localdate()
    if first > today:
        raise Http404
    found = board.annual_reports.public().filter(year=year).first()
    context = {"board": board, "year": year, "is_now": year == board_year(today, board.year_starts_in), "report": found}
    if found is not None:
        context["content"] = found.said
        context["was_read_again"] = found.looked_at is not None and timezone.localdate(found.looked_at) != found.as_at
    return render(request, "home/annual_report.html", context, status=200 if found else 404)


def report_file(request: HttpRequest, code: str, year: str) -> FileResponse:
    """The file of a report, streamed from the private store."""
    found = get_object_or_404(AnnualReport.objects.public().defer("content"), board__code=code.upper(), year=year)
    response = FileResponse(
        found.file.open("rb"), content_type="application/pdf", filename=f"{code.lower()}-annual-report-{year}.pdf"
    )
    if found.looked_at:
        response["Last-Modified"] = http_date(found.looked_at.timestamp())
    response["X-Content-Type-Options"] = "nosniff"
    return response
