"""A table as a file for spreadsheets. No cell of it is run as a formula."""

import csv
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from openpyxl import Workbook  # type: ignore[import-untyped]

from governance.register_parts import harmless

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(kind: str, name: str, title: str, rows: Iterable[Iterable[Any]]) -> HttpResponse | None:
    """The rows as CSV or XLSX; None where another kind is asked for.

    Args:
        kind: as the address says.
        name: of the file, without its end.
        title: of the sheet.
        rows: the headings first.
    """
    safe = [[harmless(value) for value in row] for row in rows]
    made = {"csv": _csv, "xlsx": _xlsx}.get(kind)
    return made(safe, name, title) if made else None


def _csv(rows: list[list[Any]], name: str, title: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # Spreadsheets take a file without this mark for another encoding.
    response.write("\ufeff")
    csv.writer(response).writerows(rows)
    return response


def _xlsx(rows: list[list[Any]], name: str, title: str) -> HttpResponse:
    book = Workbook()
    book.active.title = title[:31]
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
