"""The public list of services: which could be co-produced, in each organisation's own judgement of every year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import Suitability
from governance.models import Organisation, Service, Standard, SuitabilityReview
from governance.narrowing import Chosen, narrowing, read
from governance.progress_list import Filter

ON_A_PAGE = 25
NOT_REVIEWED = "none"


@dataclass(frozen=True)
class Services:
    """One view of the list, with an address of its own."""

    page: ListPage
    filters: tuple[Filter, ...]
    query: str
    total: int
    every: int
    overdue: int


def listing(asked: Mapping[str, str], today: date) -> Services:
    """The view that an address asks for.

    Args:
        asked: the query of the address, untrusted.
        today: the day by which a review is overdue.
    """
    running = Service.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today)).annotate(verdict=_latest("verdict"))
    rows = list(running.order_by().values_list("organisation", "verdict", "next_review_on"))
    labels = {"organisation": _organisations({row[0] for row in rows}), "judgement": _judgements(), "review": _reviews()}
    chosen = read(asked, labels)
    values = [_values(*row, today) for row in rows]
    filters = tuple(
        narrowing(name, words, labels[name], Counter(_left(values, chosen, name)), chosen)
        for name, words in (("organisation", _("Organisation")), ("judgement", _("Judgement")), ("review", _("Next review")))
    )
    pages = Paginator(_narrowed(running, chosen, today), ON_A_PAGE)
    overdue = sum(value["review"] == "overdue" for value in values)
    return Services(pages.get_page(asked.get("page")), filters, chosen.query(), pages.count, len(rows), overdue)


def services(request: HttpRequest) -> HttpResponse:
    """The page of the list."""
    today = timezone.localdate()
    return render(request, "governance/services.html", {"listing": listing(request.GET, today), "today": today})


def _latest(column: str) -> Subquery:
    reviews = SuitabilityReview.objects.public().filter(service=OuterRef("pk")).order_by("-year")
    return Subquery(reviews.values(column)[:1])


def _narrowed(running: QuerySet[Service], chosen: Chosen, today: date) -> QuerySet[Service]:
    conditions = {
        "organisation": lambda value: Q(organisation=value),
        "judgement": lambda value: Q(verdict=None) if value == NOT_REVIEWED else Q(verdict=value),
        "review": lambda value: Q(next_review_on__lt=today) if value == "overdue" else Q(next_review_on__gte=today),
    }
    for name, value in chosen.values.items():
        running = running.filter(conditions[name](value))
    reviews = SuitabilityReview.objects.public().select_related("action").order_by("-year")
    return (
        running.select_related("organisation")
        .prefetch_related(
            Prefetch("reviews", queryset=reviews, to_attr="judged"),
            Prefetch("standards", queryset=Standard.objects.public(), to_attr="standards_kept"),
        )
        .order_by("organisation__name", "name")
    )


def _values(organisation: int, verdict: str | None, due: date | None, today: date) -> dict[str, str]:
    """What one service is by each filter."""
    review = "" if due is None else "overdue" if due < today else "ahead"
    return {"organisation": str(organisation), "judgement": verdict or NOT_REVIEWED, "review": review}


def _left(values: list[dict[str, str]], chosen: Chosen, but: str) -> list[str]:
    """The values of one filter that the other filters leave."""
    others = {name: value for name, value in chosen.values.items() if name != but}
    return [value[but] for value in values if all(value[name] == wanted for name, wanted in others.items())]


def _organisations(keys: set[int]) -> dict[str, str]:
    rows = Organisation.objects.filter(pk__in=keys).order_by("name").values_list("pk", "name")
    return {str(key): name for key, name in rows}


def _judgements() -> dict[str, Any]:
    return {**dict(Suitability.choices), NOT_REVIEWED: _("Not looked at yet")}


def _reviews() -> dict[str, Any]:
    return {"overdue": _("Overdue"), "ahead": _("Still to come")}
