"""How many actions each choice of each filter of the progress list would leave: two queries, for five actions as for five thousand.

The first puts actions that are alike in all that is filtered into one group and counts the group. The second names what the groups
point to, and counts by what an action has many of: partners and services.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from wagtail.models import Page

from governance.enums import OPEN_STATUSES, ActionStatus
from governance.models import ActionPartner, BoardPage, Organisation, Service, StrategyPage, SuitabilityReview, WorkstreamPage
from governance.progress_filters import FACETS, KEY, LATE, Chosen, late, public_actions
from governance.quarters import near

OUTCOMES = ("kept", "late", "open", "ended")
"""What became of a promise, in the order it is drawn."""

Rows = QuerySet[Any]


class Alike(NamedTuple):
    """A group of actions that are alike in all that is filtered.

    Attributes:
        late_by: whether their date has passed, and whether their news is late, each as 1 or 0.
        quarter: where in the list of near quarters their first date falls; None without a date.
        strategy: that of the commitment they come from.
        lacks: the chosen filters that they do not fit.
    """

    status: str
    confidence: str
    late_by: dict[str, int]
    quarter: int | None
    board: str
    workstream: int | None
    strategy: int | None
    organisation: int | None
    lacks: tuple[str, ...]
    number: int


@dataclass
class Tally:
    """How many actions each choice leaves.

    Attributes:
        total: how many all chosen filters leave together.
        every: how many there are without any.
        numbers: by filter and value.
        labels: by filter and value, where the value names a record.
        quarters: what became of those that are left, by the quarter of the date first agreed; under None those without a date.
    """

    total: int = 0
    every: int = 0
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    labels: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    quarters: dict[date | None, dict[str, int]] = field(default_factory=dict)


def tally(chosen: Chosen) -> Tally:
    """Count every choice of every filter, each with the other filters as chosen."""
    alike, found = list(_groups(chosen)), Tally()
    strategies = _count_by_records(chosen, alike, found)
    quarters = near(chosen.today)
    for group in alike:
        found.every += group.number
        if not group.lacks:
            found.total += group.number
            day = None if group.quarter is None else quarters[group.quarter]
            found.quarters.setdefault(day, dict.fromkeys(OUTCOMES, 0))[_outcome(group)] += group.number
        if len(group.lacks) < 2:
            for name, value in _values(group, strategies):
                if not group.lacks or group.lacks[0] == name:
                    found.numbers[name][value] += group.number
    return found


def _values(group: Alike, strategies: dict[int, int]) -> Iterator[tuple[str, str]]:
    """The choices that a group counts for, each with the name of its filter."""
    strategy = strategies.get(group.workstream or 0, 0) if group.workstream in strategies else group.strategy
    yield "status", group.status
    yield from (("late", kind) for kind, is_late in group.late_by.items() if is_late)
    yield "confidence", group.confidence
    yield "board", group.board
    for name, key in (("strategy", strategy), ("workstream", group.workstream), ("organisation", group.organisation)):
        if key:
            yield name, str(key)


def _outcome(group: Alike) -> str:
    if group.status == ActionStatus.COMPLETED:
        return "kept"
    if group.status not in OPEN_STATUSES:
        return "ended"
    return "late" if group.late_by["date"] else "open"


def _groups(chosen: Chosen) -> Iterator[Alike]:
    """The actions that anyone may see, in groups of those alike: one query."""
    flags = {f"late_by_{kind}": _flag(late(kind, chosen.today)) for kind in LATE}
    lacking = [facet for facet in FACETS if facet.name in chosen.values]
    fits = {f"fits_{facet.name}": _flag(facet.narrow(chosen.values[facet.name], chosen.today)) for facet in lacking}
    columns = {
        "by_status": F("status"),
        "by_confidence": F("confidence"),
        **flags,
        "by_quarter": _place_of_quarter(chosen.today),
        "by_board": F("board__code"),
        "by_workstream": F("workstream"),
        "by_strategy": F("commitment__strategy"),
        "by_organisation": F("lead_organisation"),
        **fits,
    }
    rows = public_actions().order_by().annotate(**columns).values(*columns).annotate(number=Count("pk"))
    for row in rows:
        values = {name.removeprefix("by_"): row[name] for name in columns if name.startswith("by_")}
        lacks = tuple(facet.name for facet in lacking if not row[f"fits_{facet.name}"])
        yield Alike(**values, late_by={kind: row[f"late_by_{kind}"] for kind in LATE}, lacks=lacks, number=row["number"])


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _place_of_quarter(today: date) -> Case:
    """Where in the list of near quarters the first date falls; compared as dates, which both databases do without a function."""
    places = [When(first_due_on__lt=ends, then=Value(place)) for place, ends in enumerate(near(today)[1:])]
    none = When(first_due_on=None, then=Value(None))
    return Case(none, *places, default=Value(len(places)), output_field=IntegerField())


def _count_by_records(chosen: Chosen, alike: Iterable[Alike], found: Tally) -> dict[int, int]:
    """Name what the groups point to, and count by partner and by service: one query. Returns the strategy of each workstream."""
    streams: dict[int, str] = {}
    strategies: dict[str, int] = {}
    parts = list(_parts(chosen, {group.organisation for group in alike if group.organisation}))
    for name, value, label, place, number in parts[0].union(*parts[1:], all=True):
        found.labels[name][value] = label
        found.numbers[name][value] += number
        if name == "workstream":
            streams[int(value)] = place
        elif name == "strategy":
            strategies[place] = int(value)
    return {key: strategies.get(place[: -Page.steplen], 0) for key, place in streams.items()}


def _parts(chosen: Chosen, leading: set[int]) -> Iterator[Rows]:
    """The parts of the second query, each with rows of filter, value, label, place in the tree and number."""
    yield _named("board", BoardPage.objects.live(), "code", "title", "path")
    yield _named("strategy", StrategyPage.objects.live(), "pk", "title", "path")
    yield _named("workstream", WorkstreamPage.objects.live(), "pk", "title", "path")
    asked = {name: {int(value)} for name, value in chosen.values.items() if KEY.fullmatch(value)}
    organisations = Organisation.objects.filter(pk__in=leading | asked.get("organisation", set()))
    yield _named("organisation", organisations, "pk", "name")
    yield _named("service", Service.objects.filter(pk__in=asked.get("service", set())), "pk", "name")
    partners = ActionPartner.objects.exclude(organisation=F("action__lead_organisation"))
    yield _counted("organisation", partners, chosen)
    yield _counted("service", SuitabilityReview.objects.public(), chosen)


def _named(name: str, rows: Rows, value: str, label: str, place: str = "") -> Rows:
    return _part(name, rows, _text(F(value)), F(label), F(place) if place else _text(Value("")), Value(0))


def _counted(name: str, rows: Rows, chosen: Chosen) -> Rows:
    """Rows that belong to actions, counted by what they name."""
    left = public_actions().filter(chosen.condition(but=name)).order_by().values("pk")
    number = Count("action", distinct=True)
    rows = rows.filter(action__in=left).order_by().values(name, f"{name}__name")
    return _part(name, rows, _text(F(name)), F(f"{name}__name"), _text(Value("")), number)


def _part(name: str, rows: Rows, value: Any, label: Any, place: Any, number: Any) -> Rows:
    columns = {"facet": _text(Value(name)), "key": value, "called": label, "place": place, "number": number}
    return rows.order_by().annotate(**columns).values_list(*columns)


def _text(expression: Any) -> Cast:
    return Cast(expression, output_field=CharField())
