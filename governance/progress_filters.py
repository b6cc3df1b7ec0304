"""The filters of the progress list: what each narrows, and how many actions each further choice would leave.

Every count comes from one query, a union with one part for each filter, so that the page asks as often for five thousand actions
as for five.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Length, Substr
from django.utils.translation import gettext_lazy

from wagtail.models import Page

from governance.enums import OPEN_STATUSES, ActionStatus, Confidence
from governance.models import (
    ActionPage,
    ActionPartner,
    BoardPage,
    Organisation,
    Service,
    StrategyPage,
    SuitabilityReview,
    WorkstreamPage,
)

LONGEST = 100
"""Letters of a value that are looked at: no name of a choice is longer."""
NOTHING = Q(pk__in=[])
_LATE = {"date": gettext_lazy("The date has passed"), "news": gettext_lazy("News is late")}
_BOARD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_KEY = re.compile(r"[0-9]{1,9}")

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Facet:
    """How one filter narrows the list, counts and names its choices.

    Attributes:
        narrow: the condition that a value stands for; `NOTHING` for one that cannot be.
        counted: the parts of the union that count, each of (value, label, number); numbers of one value add up.
        fixed: the choices in their order, where they are always the same.
        named: rows of (value, label) that name a value from the address.
    """

    name: str
    label: Any
    narrow: Callable[[str, date], Q]
    counted: Callable[[Rows, date], list[Rows]]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    named: Callable[[str], Rows | None] = lambda value: None


@dataclass
class Chosen:
    """What a reader asked for."""

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


@dataclass(frozen=True)
class Tally:
    """How many actions each choice leaves.

    Attributes:
        total: how many all chosen filters leave together.
        every: how many there are without any.
        numbers: by filter and value.
        labels: by filter and value, where the value names a record.
    """

    total: int
    every: int
    numbers: dict[str, dict[str, int]]
    labels: dict[str, dict[str, str]]


def public_actions() -> QuerySet[ActionPage]:
    """Every action that the public can read."""
    return ActionPage.objects.live()


def read(asked: Mapping[str, str], today: date, sorts: Iterable[str] = ("news",)) -> Chosen:
    """What an address asks for. Of a name that is repeated the last value counts, and an empty one is no filter.

    Args:
        asked: the query of the address, untrusted.
        today: the day by which something is late.
        sorts: the orders there are.
    """
    found = {facet.name: asked.get(facet.name, "").replace("\x00", "\ufffd")[:LONGEST] for facet in FACETS}
    sort = asked.get("sort", "")
    return Chosen(today, {name: value for name, value in found.items() if value}, sort if sort in sorts else "news")


def tally(chosen: Chosen) -> Tally:
    """Count every choice of every filter, each with the other filters as chosen: one query."""
    every = public_actions()
    parts = [_part("total", _number(every.filter(chosen.condition()))), _part("every", _number(every))]
    for facet in FACETS:
        rows = every.filter(chosen.condition(but=facet.name))
        parts += [_part(facet.name, counted) for counted in facet.counted(rows, chosen.today)]
        named = facet.named(chosen.values.get(facet.name, ""))
        if named is not None:
            parts.append(_part(facet.name, named.annotate(number=Value(0))))
    numbers: dict[str, dict[str, int]] = {}
    labels: dict[str, dict[str, str]] = {}
    for name, value, label, number in parts[0].union(*parts[1:], all=True):
        numbers.setdefault(name, {}).setdefault(value, 0)
        numbers[name][value] += number
        labels.setdefault(name, {})[value] = label
    total, all_of_them = (numbers.pop(name, {"": 0})[""] for name in ("total", "every"))
    return Tally(total, all_of_them, numbers, labels)


def late(kind: str, today: date) -> Q:
    """Open actions whose date has passed, or whose news is late."""
    column = {"date": "due_on__lt", "news": "next_news_on__lt"}.get(kind)
    return Q(status__in=OPEN_STATUSES) & Q(**{column: today}) if column else NOTHING


def _part(name: str, rows: Rows) -> Rows:
    """Rows of (value, label, number) as a part of the union."""
    facet = Value(name, output_field=CharField())
    return rows.annotate(facet=facet).values_list("facet", "value", "label", "number").order_by()


def _text(column: str) -> Cast:
    return Cast(F(column), output_field=CharField())


def _grouped(rows: Rows, value: Any, label: Any, counting: str = "pk") -> Rows:
    """Rows counted by a value and its label, without those that have no value."""
    named = rows.order_by().annotate(value=value, label=label).exclude(value=None).exclude(value="")
    return named.values("value", "label").annotate(number=Count(counting, distinct=counting != "pk"))


def _number(rows: Rows, value: str = "") -> Rows:
    """How many rows there are, as one row."""
    words = {name: Value(text, output_field=CharField()) for name, text in (("value", value), ("label", ""))}
    return rows.order_by().annotate(**words).values("value", "label").annotate(number=Count("pk"))


def _column(column: str) -> Callable[[Rows, date], list[Rows]]:
    blank = Value("", output_field=CharField())
    return lambda rows, today: [_grouped(rows, F(column), blank)]


def _related(page: str, column: str) -> Callable[[Rows, date], list[Rows]]:
    """Counts by a page that the actions point to, as far as it is public itself."""
    shown = {f"{page}__live": True}
    return lambda rows, today: [_grouped(rows.filter(**shown), _text(column), F(f"{page}__title"))]


def _lateness(rows: Rows, today: date) -> list[Rows]:
    return [_number(rows.filter(late(kind, today)), kind) for kind in _LATE]


def _strategies(rows: Rows, today: date) -> list[Rows]:
    """By the strategy above the workstream; without a workstream by that of the commitment."""
    above = Substr(OuterRef("workstream__path"), 1, Length(OuterRef("workstream__path")) - StrategyPage.steplen)
    strategy = StrategyPage.objects.live().filter(path=above)

    def found(column: str, committed: str) -> Case:
        text = CharField()
        of_stream = Cast(Subquery(strategy.values(column)[:1]), output_field=text)
        return Case(When(workstream__live=True, then=of_stream), default=_text(committed), output_field=text)

    shown = rows.filter(Q(workstream__live=True) | Q(commitment__strategy__live=True))
    return [_grouped(shown, found("pk", "commitment__strategy"), found("title", "commitment__strategy__title"))]


def _organisations(rows: Rows, today: date) -> list[Rows]:
    """Those that lead, and those that take part without leading."""
    partners = ActionPartner.objects.filter(action__in=rows.values("pk")).exclude(organisation=F("action__lead_organisation"))
    return [
        _grouped(rows, _text("lead_organisation"), F("lead_organisation__name")),
        _grouped(partners, _text("organisation"), F("organisation__name"), counting="action"),
    ]


def _services(rows: Rows, today: date) -> list[Rows]:
    reviews = SuitabilityReview.objects.public().filter(action__in=rows.values("pk"))
    return [_grouped(reviews, _text("service"), F("service__name"), counting="action")]


def _by_organisation(value: str) -> Q:
    partners = ActionPartner.objects.filter(organisation=value).values("action")
    return Q(lead_organisation=value) | Q(pk__in=partners)


def _by_service(value: str) -> Q:
    return Q(pk__in=SuitabilityReview.objects.public().filter(service=int(value), action__isnull=False).values("action"))


def _by_strategy(value: str) -> Q:
    path = Subquery(StrategyPage.objects.live().filter(pk=value).values("path")[:1])
    above = Substr("path", 1, Length("path") - StrategyPage.steplen)
    streams = WorkstreamPage.objects.live().annotate(above=above).filter(above=path)
    committed = Q(commitment__strategy=value, commitment__strategy__live=True) & ~Q(workstream__live=True)
    return Q(workstream__in=streams.values("pk")) | committed


def _if_known(labels: Mapping[str, Any], column: str) -> Callable[[str, date], Q]:
    return lambda value, today: Q(**{column: value}) if value in labels else NOTHING


def _if_like(pattern: re.Pattern[str], condition: Callable[[str], Q]) -> Callable[[str, date], Q]:
    return lambda value, today: condition(value) if pattern.fullmatch(value) else NOTHING


def _naming(model: Any, pattern: re.Pattern[str], key: str, name: str) -> Callable[[str], Rows | None]:
    def named(value: str) -> Rows | None:
        if not pattern.fullmatch(value):
            return None
        live = {"live": True} if issubclass(model, Page) else {}
        rows: Rows = model._default_manager.filter(**{key: value}, **live).order_by()
        return rows.annotate(value=_text(key), label=F(name))

    return named


def _keyed(name: str, label: Any, condition: Callable[[str], Q], counted: Any, model: Any, title: str) -> Facet:
    """A filter whose values are keys of records."""
    return Facet(name, label, _if_like(_KEY, condition), counted, named=_naming(model, _KEY, "pk", title))


_STATUSES, _CONFIDENCES = dict(ActionStatus.choices), dict(Confidence.choices)
FACETS = (
    Facet("status", gettext_lazy("Status"), _if_known(_STATUSES, "status"), _column("status"), _STATUSES),
    Facet("late", gettext_lazy("Late"), late, _lateness, _LATE),
    Facet("confidence", gettext_lazy("Confidence"), _if_known(_CONFIDENCES, "confidence"), _column("confidence"), _CONFIDENCES),
    Facet(
        "board",
        gettext_lazy("Board"),
        _if_like(_BOARD_CODE, lambda value: Q(board__code=value, board__live=True)),
        _related("board", "board__code"),
        named=_naming(BoardPage, _BOARD_CODE, "code", "title"),
    ),
    _keyed("strategy", gettext_lazy("Strategy"), _by_strategy, _strategies, StrategyPage, "title"),
    _keyed(
        "workstream",
        gettext_lazy("Workstream"),
        lambda value: Q(workstream=value, workstream__live=True),
        _related("workstream", "workstream"),
        WorkstreamPage,
        "title",
    ),
    _keyed("organisation", gettext_lazy("Organisation"), _by_organisation, _organisations, Organisation, "name"),
    _keyed("service", gettext_lazy("Service"), _by_service, _services, Service, "name"),
)
