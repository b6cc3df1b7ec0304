"""The data of one view of the progress list, as CSV and as JSON: every action of it, in its order.

The names of the fields are a promise to those who use the data: they may be added to, not changed. They are explained in
`docs/how-to/open-data.md`.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from governance.models import ActionPage, ActionPartner, ProgressIndexPage, SuitabilityReview
from governance.progress import is_late, news_is_late
from governance.progress_list import Listing, actions_of

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads “Tŷ Dŵr” as if each letter were two."""
BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
AT_A_TIME = 500
SHOWN = (
    *("reference", "title", "slug", "promise", "kind", "origin", "status", "confidence", "lead_role", "first_published_at"),
    *("first_due_on", "due_on", "due_words", "date_moves", "last_news_on", "next_news_on"),
    *("board__code", "board__title", "workstream__title", "workstream__live", "lead_organisation__name"),
)
"""What is read of an action for its data."""
Value = str | int | bool | list[str] | None

FIELDS: dict[str, Callable[[ActionPage, date], Any]] = {
    "reference": lambda action, today: action.reference,
    "title": lambda action, today: action.title,
    "promise": lambda action, today: action.promise,
    "kind": lambda action, today: action.kind,
    "origin": lambda action, today: action.origin,
    "board_code": lambda action, today: action.board.code,
    "board": lambda action, today: action.board.title,
    "workstream": lambda action, today: action.workstream.title if action.workstream and action.workstream.live else None,
    "lead_organisation": lambda action, today: action.lead_organisation.name if action.lead_organisation else None,
    "lead_role": lambda action, today: action.lead_role or None,
    "partners": lambda action, today: action.partner_names,
    "services": lambda action, today: action.service_names,
    "status": lambda action, today: action.status,
    "confidence": lambda action, today: action.confidence or None,
    "first_due_on": lambda action, today: action.first_due_on,
    "due_on": lambda action, today: action.due_on,
    "due_as_minuted": lambda action, today: action.due_words or None,
    "date_moves": lambda action, today: action.date_moves,
    "is_late": lambda action, today: is_late(action.due_on, action.status, today),
    "last_news_on": lambda action, today: action.last_news_on,
    "next_news_on": lambda action, today: action.next_news_on,
    "news_is_late": lambda action, today: news_is_late(action.next_news_on, action.status, today),
    "published_at": lambda action, today: action.first_published_at,
}


def answer(page: ProgressIndexPage, view: Listing, request: HttpRequest) -> StreamingHttpResponse:
    """The data of a view, streamed.

    Args:
        page: the progress page.
        view: what the address asks for.
        request: asks for one of the forms in its `format`.
    """
    form = request.GET["format"]
    base = page.get_full_url(request)
    stream, kind = (csv_of(view, base), "text/csv") if form == "csv" else (json_of(view, base), "application/json")
    response = StreamingHttpResponse(in_pieces(stream), content_type=f"{kind}; charset=utf-8")
    name = f"progress-{view.chosen_values.today.isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(form == "csv", name) or ""
    response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def in_pieces(lines: Iterator[str]) -> Iterator[str]:
    """A few hundred lines at a time: each piece is sent by itself."""
    while piece := "".join(islice(lines, AT_A_TIME)):
        yield piece


def records_of(view: Listing, base: str) -> Iterator[dict[str, Any]]:
    """Every action of a view, a few hundred in memory at a time.

    Args:
        view: what the reader chose.
        base: the full address of the progress page; every action stands directly below it.
    """
    actions = actions_of(view.chosen_values)
    keys = actions.order_by().values("pk")
    partners = _names(ActionPartner.objects.filter(action__in=keys).values_list("action", "organisation__name"))
    services = _names(SuitabilityReview.objects.public().filter(action__in=keys).values_list("action", "service__name"))
    rows = actions.select_related("board", "lead_organisation", "workstream").only(*SHOWN)
    for action in rows.iterator(chunk_size=AT_A_TIME):
        action.partner_names, action.service_names = partners.get(action.pk, []), services.get(action.pk, [])
        found = {name: _plain(read(action, view.chosen_values.today)) for name, read in FIELDS.items()}
        yield {**found, "address": f"{base}{action.slug}/"}


def csv_of(view: Listing, base: str) -> Iterator[str]:
    """The lines of the CSV. A view without actions has one line that says so."""
    line = csv.writer(_Line())
    names = [*FIELDS, "address"]
    yield BYTE_ORDER_MARK + line.writerow(names)
    if not view.total:
        yield line.writerow([_("No action fits these filters.") if name == "title" else "" for name in names])
    for record in records_of(view, base):
        yield line.writerow([cell(record[name]) for name in names])


def json_of(view: Listing, base: str) -> Iterator[str]:
    """The JSON in pieces: what it is of, then each action."""
    query = f"?{view.query}" if view.query else ""
    about = {
        "licence": {"name": LICENCE, "address": LICENCE_ADDRESS},
        "address": f"{base}{query}",
        "as_at": view.chosen_values.today.isoformat(),
        "filters": view.chosen_values.values,
        "total": view.total,
    }
    yield f'{json.dumps(about, ensure_ascii=False)[:-1]}, "actions": ['
    for number, record in enumerate(records_of(view, base)):
        yield f"{',' if number else ''}\n{json.dumps(record, ensure_ascii=False)}"
    yield "\n]}\n"


def cell(value: Value) -> str:
    """One value as a cell. Words that a spreadsheet would take for a formula get an apostrophe before them (CWE-1236)."""
    if isinstance(value, list):
        return cell("; ".join(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    is_formula = isinstance(value, str) and (text.lstrip().startswith(BEGINS_A_FORMULA) or text[:1] in {"\t", "\r", "\n"})
    return f"'{text}" if is_formula else text


def _names(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """The names that belong to each action, each once, in order."""
    found: dict[int, set[str]] = {}
    for key, name in pairs:
        found.setdefault(key, set()).add(name)
    return {key: sorted(names) for key, names in found.items()}


def _plain(value: Any) -> Value:
    return value.isoformat() if isinstance(value, date | datetime) else value


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
