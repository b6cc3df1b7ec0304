"""The figures of the progress page: where promises stand now, and what became of those of each quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.charts import Chart, rows_of_bars
from governance.enums import ActionStatus
from governance.progress_list import Listing
from governance.quarters import near
from governance.wording import listed

OUTCOMES: dict[str, Any] = {
    "kept": gettext_lazy("Kept"),
    "late": gettext_lazy("Late"),
    "open": gettext_lazy("Open"),
    "ended": gettext_lazy("Ended otherwise"),
}
"""What became of a promise, in the order it is drawn."""
Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Quarters:
    """Promises by the quarter of the date first agreed.

    Attributes:
        rows: each with its label and its numbers by outcome, oldest first.
        undated: how many have no date.
        dated: the numbers of all that have one.
    """

    rows: tuple[tuple[str, dict[str, int]], ...]
    undated: int
    dated: dict[str, int]


@dataclass(frozen=True)
class Figures:
    """One drawing with its table.

    Attributes:
        key: tells this drawing from the others on the page.
        finding: what it shows, in a sentence.
        columns: the series by name, in words.
        table: each row with its label, the query of the view that holds its promises where there is one, its numbers in the
            order of the columns, and their sum.
        note: how it was counted.
    """

    key: str
    heading: str
    finding: str
    chart: Chart
    columns: dict[str, str]
    table: tuple[tuple[str, str, tuple[int, ...], int], ...]
    note: str


def standing_now(view: Listing) -> Figures:
    """Where the promises of a view stand, from what the list has counted already."""
    shown = [choice for choice in view.statuses if choice.count and _is_shown(choice.value, view)]
    parts = [f"{choice.count} {choice.label.lower()}" for choice in shown]
    total = ngettext("%(count)d promise", "%(count)d promises", view.total) % {"count": view.total}
    return Figures(
        key="standing",
        heading=_("Where they stand now"),
        finding=_("%(total)s: %(parts)s.") % {"total": total, "parts": listed(parts)},
        chart=rows_of_bars([(choice.label, {"promises": choice.count}) for choice in shown], ["promises"]),
        columns={"promises": _("Promises")},
        table=tuple((choice.label, "" if choice.chosen else choice.query, (choice.count,), choice.count) for choice in shown),
        note=_("The status of a promise is that of its latest published update."),
    )


def by_quarter_of_view(view: Listing) -> Figures:
    """What became of the promises of a view, by the quarter of the date first agreed."""
    quarters = by_quarter(view.by_quarter, view.chosen_values.today)
    chart = rows_of_bars(quarters.rows, list(OUTCOMES))
    return Figures(
        key="quarters",
        heading=_("Kept, late and open by quarter"),
        finding=finding_of(quarters.dated),
        chart=chart,
        columns={name: str(OUTCOMES[name]) for name in chart.series},
        table=tuple(
            (label, "", tuple(numbers[name] for name in chart.series), sum(numbers.values()))
            for label, numbers in quarters.rows
        ),
        note=" ".join(filter(None, [str(HOW_COUNTED), _undated_words(quarters.undated)])),
    )


HOW_COUNTED = gettext_lazy(
    "Each promise stands in the quarter of the date first agreed, so a date that moves takes no promise out of sight. "
    "“Late” means that its present date has passed; “ended otherwise” that it was closed without completion or handed on."
)


def by_quarter(counted: Mapping[date | None, Numbers], today: date) -> Quarters:
    """The quarters near today each by itself, those long past and far ahead together.

    Args:
        counted: the numbers by outcome of each quarter, by its first day; under None those without a date.
        today: the day that “near” counts from.
    """
    first, last = near(today)[1], near(today)[-2]
    rows: dict[str, dict[str, int]] = {}
    dated = dict.fromkeys(OUTCOMES, 0)
    for quarter in sorted(day for day in counted if day is not None):
        if quarter < first:
            label = _("Before %(quarter)s") % {"quarter": _month(first)}
        else:
            label = quarter_words(quarter) if quarter <= last else _("After %(quarter)s") % {"quarter": _month(last, 2)}
        row = rows.setdefault(label, dict.fromkeys(OUTCOMES, 0))
        for name in OUTCOMES:
            row[name] += counted[quarter][name]
            dated[name] += counted[quarter][name]
    return Quarters(tuple(rows.items()), sum(counted.get(None, {}).values()), dated)


def finding_of(dated: Numbers) -> str:
    """What the quarters show, in a sentence: “3 of 9 promises with a date are late, and 4 are kept.”"""
    total = sum(dated.values())
    if not total:
        return _("No promise of these has a date.")
    words = {"late": dated["late"], "kept": dated["kept"], "total": total}
    if total == 1:
        return _("Of the one promise with a date, %(late)s is late and %(kept)s is kept.") % words
    late_words = ngettext(
        "%(late)d of %(total)d promises with a date is late",
        "%(late)d of %(total)d promises with a date are late",
        dated["late"],
    )
    kept_words = ngettext("%(kept)d is kept", "%(kept)d are kept", dated["kept"])
    return _("%(late)s, and %(kept)s.") % {"late": late_words % words, "kept": kept_words % words}


def quarter_words(quarter: date) -> str:
    """Such as “July to September 2026”."""
    return _("%(from)s to %(to)s") % {"from": date_format(quarter, "F"), "to": _month(quarter, 2)}


def _is_shown(status: str, view: Listing) -> bool:
    """With a status chosen the list still counts the others, as choices; the drawing shows only what is in the view."""
    asked = view.chosen_values.values.get("status")
    return status in ActionStatus.values and asked in {None, status}


def _undated_words(undated: int) -> str:
    if not undated:
        return ""
    return ngettext(
        "%(count)d promise has no date and is not drawn.", "%(count)d promises have no date and are not drawn.", undated
    ) % {"count": undated}


def _month(quarter: date, later: int = 0) -> str:
    return str(date_format(quarter.replace(month=quarter.month + later), "F Y"))
