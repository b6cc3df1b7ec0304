"""The list of every public action: which filters a reader chose, what they leave, and how many each further one would leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.enums import OPEN_STATUSES, ActionStatus, Confidence
from governance.models import ActionPage, BoardPage, Organisation, WorkstreamPage

ON_A_PAGE = 20
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "news": (gettext_lazy("Latest news first"), ("-last_news_on", "-first_published_at", "path")),
    "due": (gettext_lazy("Due soonest first"), ("due_on", "path")),
    "title": (gettext_lazy("By name"), ("title", "path")),
}
_LATE = {"date": gettext_lazy("The date has passed"), "news": gettext_lazy("News is late")}


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
    """One view of the progress list, with an address of its own."""

    page: ListPage
    total: int
    every: int
    filters: tuple[Filter, ...]
    statuses: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    query: str

    @property
    def chosen(self) -> list[tuple[Filter, Choice]]:
        """The filters the reader chose, with what each was set to."""
        return [(one, one.chosen) for one in self.filters if one.chosen]


@dataclass(frozen=True)
class Facet:
    """How one filter reads the address, narrows the list and counts."""

    name: str
    label: Any
    narrow: Callable[[str, date], Q]
    counted: Callable[[QuerySet[ActionPage], date], dict[str, int]]
    labels: Callable[[set[str]], dict[str, Any]]


@dataclass
class Chosen:
    """What a reader asked for. A value that means nothing is no filter."""

    today: date
    values: dict[str, str] = field(default_factory=dict)
    sort: str = "news"

    def query(self, **changes: str) -> str:
        """The query of the address with some values changed; an empty one is left out, and the page starts anew."""
        sort = {"sort": self.sort} if self.sort != "news" else {}
        wanted = {**self.values, **sort, **changes}
        return urlencode([(name, wanted[name]) for name in sorted(wanted) if wanted[name]])

    def condition(self, but: str = "") -> Q:
        """The chosen filters as one condition, without the one named."""
        condition = Q()
        for facet in FACETS:
            if facet.name in self.values and facet.name != but:
                condition &= facet.narrow(self.values[facet.name], self.today)
        return condition


def listing(asked: Mapping[str, str], today: date) -> Listing:
    """The view that an address asks for.

    Args:
        asked: the query of the address, untrusted.
        today: the day by which something is late.
    """
    public = ActionPage.objects.live()
    chosen = read(asked, today)
    filters = tuple(_filter(facet, public, chosen) for facet in FACETS)
    narrowed = public.filter(chosen.condition()).select_related("board", "lead_organisation")
    pages = Paginator(narrowed.order_by(*SORTS[chosen.sort][1]), ON_A_PAGE)
    statuses = next(one for one in filters if one.name == "status").choices
    sorts = tuple(
        Choice(name, str(label), pages.count, chosen.query(sort="" if name == "news" else name), name == chosen.sort)
        for name, (label, _order) in SORTS.items()
    )
    return Listing(
        page=pages.get_page(asked.get("page")),
        total=pages.count,
        every=pages.count if not chosen.values else public.count(),
        filters=filters,
        statuses=statuses,
        sorts=sorts,
        query=chosen.query(),
    )


def counts(today: date) -> tuple[tuple[Choice, ...], tuple[Choice, ...], int]:
    """How many public actions stand where, how many are late, and how many there are: three queries."""
    public, chosen = ActionPage.objects.live(), Chosen(today)
    by_status, by_lateness = (_filter(facet, public, chosen).choices for facet in FACETS[:2])
    return by_status, by_lateness, sum(choice.count for choice in by_status)


def read(asked: Mapping[str, str], today: date) -> Chosen:
    """The filters an address asks for, without those that mean nothing."""
    values = {}
    for facet in FACETS:
        value = asked.get(facet.name, "")[:100]
        if value and "\x00" not in value and facet.labels({value}).get(value):
            values[facet.name] = value
    sort = asked.get("sort", "")
    return Chosen(today, values, sort if sort in SORTS else "news")


def _filter(facet: Facet, public: QuerySet[ActionPage], chosen: Chosen) -> Filter:
    counts = facet.counted(public.filter(chosen.condition(but=facet.name)), chosen.today)
    current = chosen.values.get(facet.name, "")
    labels = facet.labels({*counts, current} - {""})
    choices = (
        Choice(
            value,
            str(label),
            counts.get(value, 0),
            chosen.query(**{facet.name: "" if value == current else value}),
            value == current,
        )
        for value, label in labels.items()
        if counts.get(value) or value == current
    )
    return Filter(facet.name, str(facet.label), tuple(choices))


def _by_column(column: str) -> Callable[[QuerySet[ActionPage], date], dict[str, int]]:
    """Counts by the values of one column, in one query."""

    def counted(actions: QuerySet[ActionPage], today: date) -> dict[str, int]:
        rows = actions.order_by().values_list(column).annotate(Count("pk"))
        return {str(value): count for value, count in rows if value not in {None, ""}}

    return counted


def _late(kind: str, today: date) -> Q:
    column = "due_on__lt" if kind == "date" else "next_news_on__lt"
    return Q(status__in=OPEN_STATUSES) & Q(**{column: today})


def _count_late(actions: QuerySet[ActionPage], today: date) -> dict[str, int]:
    counts = {kind: Count("pk", filter=_late(kind, today)) for kind in _LATE}
    return dict(actions.order_by().aggregate(**counts))


def _named(model: Any, key: str, name: str) -> Callable[[set[str]], dict[str, Any]]:
    """Labels of rows, by name; values that name no row have none."""

    def labels(values: set[str]) -> dict[str, Any]:
        wanted = [value for value in values if key != "pk" or (value.isascii() and value.isdigit() and len(value) < 10)]
        rows = model._default_manager.filter(**{f"{key}__in": wanted}).order_by(name).values_list(key, name)
        return {str(value): label for value, label in rows}

    return labels


def _fixed(labels: dict[str, Any]) -> Callable[[set[str]], dict[str, Any]]:
    return lambda values: labels


FACETS = (
    Facet("status", gettext_lazy("Status"), lambda v, t: Q(status=v), _by_column("status"), _fixed(dict(ActionStatus.choices))),
    Facet("late", gettext_lazy("Late"), _late, _count_late, _fixed(_LATE)),
    Facet(
        "confidence",
        gettext_lazy("Confidence"),
        lambda v, t: Q(confidence=v),
        _by_column("confidence"),
        _fixed(dict(Confidence.choices)),
    ),
    Facet(
        "board",
        gettext_lazy("Board"),
        lambda v, t: Q(board__code=v),
        _by_column("board__code"),
        _named(BoardPage, "code", "title"),
    ),
    Facet(
        "workstream",
        gettext_lazy("Workstream"),
        lambda v, t: Q(workstream=v),
        _by_column("workstream"),
        _named(WorkstreamPage, "pk", "title"),
    ),
    Facet(
        "organisation",
        gettext_lazy("Led by"),
        lambda v, t: Q(lead_organisation=v),
        _by_column("lead_organisation"),
        _named(Organisation, "pk", "name"),
    ),
)


def summary(listing: Listing) -> str:
    """How many actions are shown, in words."""
    if listing.total == listing.every:
        return _("%(every)s actions") % {"every": listing.every} if listing.every != 1 else _("1 action")
    return _("%(total)s of %(every)s actions") % {"total": listing.total, "every": listing.every}
