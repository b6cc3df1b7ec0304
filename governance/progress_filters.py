"""The filters of the progress list: what each narrows."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy

from governance.enums import OPEN_STATUSES, ActionStatus, Confidence
from governance.models import (
    ActionPage,
    ActionPartner,
    StrategyPage,
    SuitabilityReview,
    WorkstreamPage,
)

LONGEST = 100
"""Letters of a value that are looked at: no name of a choice is longer."""
NOTHING = Q(pk__in=[])
LATE = {"date": gettext_lazy("The date has passed"), "news": gettext_lazy("News is late")}
BOARD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
KEY = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Facet:
    """How one filter narrows the list.

    Attributes:
        narrow: the condition that a value stands for; `NOTHING` for one that cannot be.
        fixed: the choices in their order, where they are always the same.
    """

    name: str
    label: Any
    narrow: Callable[[str, date], Q]
    fixed: Mapping[str, Any] = field(default_factory=dict)


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


def late(kind: str, today: date) -> Q:
    """Open actions whose date has passed, or whose news is late."""
    column = {"date": "due_on__lt", "news": "next_news_on__lt"}.get(kind)
    return Q(status__in=OPEN_STATUSES) & Q(**{column: today}) if column else NOTHING


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


def _keyed(name: str, label: Any, condition: Callable[[str], Q]) -> Facet:
    """A filter whose values are keys of records."""
    return Facet(name, label, _if_like(KEY, condition))


_STATUSES, _CONFIDENCES = dict(ActionStatus.choices), dict(Confidence.choices)
FACETS = (
    Facet("status", gettext_lazy("Status"), _if_known(_STATUSES, "status"), _STATUSES),
    Facet("late", gettext_lazy("Late"), late, LATE),
    Facet("confidence", gettext_lazy("Confidence"), _if_known(_CONFIDENCES, "confidence"), _CONFIDENCES),
    Facet("board", gettext_lazy("Board"), _if_like(BOARD_CODE, lambda value: Q(board__code=value, board__live=True))),
    _keyed("strategy", gettext_lazy("Strategy"), _by_strategy),
    _keyed("workstream", gettext_lazy("Workstream"), lambda value: Q(workstream=value, workstream__live=True)),
    _keyed("organisation", gettext_lazy("Organisation"), _by_organisation),
    _keyed("service", gettext_lazy("Service"), _by_service),
)
