"""The list of every public action: one view of it, as an address asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import ActionPage
from governance.progress_filters import FACETS, Chosen, Facet, public_actions, read
from governance.progress_tally import Tally, tally

ON_A_PAGE = 20
FORMS_OF_DATA = ("csv", "json")
# Databases disagree on where an action without a date stands; here it stands last.
SORTS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "news": (gettext_lazy("Latest news first"), (F("last_news_on").desc(nulls_last=True), "-first_published_at", "path")),
    "due": (gettext_lazy("Due soonest first"), (F("due_on").asc(nulls_last=True), "path")),
    "title": (gettext_lazy("By name"), ("title", "path")),
}


@dataclass(frozen=True)
class Choice:
    """One value of a filter.

    Attributes:
        count: how many actions it leaves, with the other filters as chosen.
        query: the query of the address that chooses it, or that takes it back when it is chosen.
    """

    value: str
    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter with its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The choice the reader made, if any."""
        return next((choice for choice in self.choices if choice.chosen), None)


@dataclass(frozen=True)
class Listing:
    """One view of the progress list, with an address of its own.

    Attributes:
        page: the page of the list that was asked for; the first one where there is no such page.
        total: how many actions the filters leave.
        every: how many there are.
        query: the query of the address of this view, without its page.
        by_quarter: what became of the actions of this view, by the quarter of the date first agreed; under None the others.
        problem: what the address asks for that is not there, in a sentence.
    """

    chosen_values: Chosen
    page: ListPage
    total: int
    every: int
    filters: tuple[Filter, ...]
    sorts: tuple[Choice, ...]
    query: str
    by_quarter: Mapping[date | None, Mapping[str, int]]
    problem: str = ""

    @property
    def chosen(self) -> list[tuple[Filter, Choice]]:
        """The filters the reader chose, with what each was set to."""
        return [(one, one.chosen) for one in self.filters if one.chosen]

    @property
    def statuses(self) -> tuple[Choice, ...]:
        """How many actions stand where."""
        return next(one for one in self.filters if one.name == "status").choices

    @property
    def data(self) -> list[tuple[str, str]]:
        """The forms the data of this view can be had in, each with the query of its address."""
        return [(form.upper(), self.chosen_values.query(format=form)) for form in FORMS_OF_DATA]

    @property
    def late(self) -> int:
        """How many of the actions of this view have passed their date."""
        dates = next(one for one in self.filters if one.name == "late").choices
        return next((choice.count for choice in dates if choice.value == "date"), 0)


def listing(asked: Mapping[str, str], today: date) -> Listing:
    """The view that an address asks for: four queries.

    Args:
        asked: the query of the address, untrusted.
        today: the day by which something is late.
    """
    chosen = read(asked, today, SORTS)
    counted = tally(chosen)
    keys = actions_of(chosen).values_list("pk", flat=True)
    pages = Paginator(keys, ON_A_PAGE)
    # Known already, so that the list is not counted again.
    pages.count = counted.total
    number, problem = page_number(asked.get("page", ""), pages.num_pages)
    problem = problem or unknown_form(asked.get("format", ""))
    return Listing(
        chosen_values=chosen,
        page=ListPage(_shown_actions(list(pages.page(number))), number, pages),
        total=counted.total,
        every=counted.every,
        filters=tuple(_filter(facet, counted, chosen) for facet in FACETS),
        sorts=tuple(
            Choice(name, str(label), counted.total, chosen.query(sort="" if name == "news" else name), name == chosen.sort)
            for name, (label, _order) in SORTS.items()
        ),
        query=chosen.query(),
        by_quarter=counted.quarters,
        problem=problem,
    )


def _shown_actions(keys: list[int]) -> list[ActionPage]:
    """The actions with these keys, in this order. Sorted by their keys alone, five thousand take a third of the time."""
    actions = ActionPage.objects.select_related("board", "lead_organisation").in_bulk(keys)
    return [actions[key] for key in keys if key in actions]


def actions_of(chosen: Chosen) -> QuerySet[ActionPage]:
    """The actions that a reader's filters leave, in the order asked for."""
    return public_actions().filter(chosen.condition()).order_by(*SORTS[chosen.sort][1])


def counts(today: date) -> tuple[tuple[Choice, ...], tuple[Choice, ...], int]:
    """How many public actions stand where, how many are late, and how many there are: one query."""
    chosen = Chosen(today)
    counted = tally(chosen)
    by_status, by_lateness = (_filter(facet, counted, chosen).choices for facet in FACETS[:2])
    return by_status, by_lateness, counted.total


def page_number(asked: str, last: int) -> tuple[int, str]:
    """The page of a list that an address asks for, and a sentence where there is no such page.

    Args:
        asked: as it stands in the address, untrusted; empty for the first page.
        last: how many pages the list has.
    """
    if not asked:
        return 1, ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    if 1 <= number <= last:
        return number, ""
    shown = _shown(asked)
    if last == 1:
        return 1, _("There is no page “%(page)s” of this list: it has one page. Here it is.") % {"page": shown}
    return 1, _("There is no page “%(page)s” of this list: it has %(last)s pages. Here is the first.") % {
        "page": shown,
        "last": last,
    }


def unknown_form(asked: str) -> str:
    """A sentence where an address asks for the list in a form that there is not; empty where it asks for none, or for data."""
    if asked in {"", *FORMS_OF_DATA}:
        return ""
    return _("This list is not to be had as “%(form)s”, only as a page, as CSV and as JSON. Here is the page.") % {
        "form": _shown(asked)
    }


def summary(listing: Listing) -> str:
    """How many actions are shown, in words."""
    if listing.total == listing.every:
        return _("%(every)s actions") % {"every": listing.every} if listing.every != 1 else _("1 action")
    return _("%(total)s of %(every)s actions") % {"total": listing.total, "every": listing.every}


def _shown(asked: str) -> str:
    return asked[:20].replace("\x00", "\ufffd")


def _filter(facet: Facet, counted: Tally, chosen: Chosen) -> Filter:
    numbers, current = counted.numbers.get(facet.name, {}), chosen.values.get(facet.name, "")
    labels = dict(facet.fixed) or _by_name(counted.labels.get(facet.name, {}))
    if current and current not in labels:
        # It names nothing, so it leaves nothing; it is shown so that it can be taken away.
        labels[current] = _("“%(value)s”, which is not here") % {"value": current}
    choices = (
        Choice(
            value,
            str(label),
            numbers.get(value, 0),
            chosen.query(**{facet.name: "" if value == current else value}),
            value == current,
        )
        for value, label in labels.items()
        if numbers.get(value) or value == current
    )
    return Filter(facet.name, str(facet.label), tuple(choices))


def _by_name(labels: dict[str, str]) -> dict[str, Any]:
    return dict(sorted(labels.items(), key=lambda named: (str(named[1]).casefold(), named[0])))
