"""Every public promise in the words it was made in, with its source and with what carries it, or that nothing does yet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import ActionPage, Commitment, Organisation
from governance.narrowing import narrowing, read
from governance.progress_list import Filter

ON_A_PAGE = 20


@dataclass(frozen=True)
class Promise:
    """One promise and the live actions that carry it."""

    promised: Commitment
    actions: list[ActionPage]


@dataclass(frozen=True)
class Promises:
    """One view of the list, with an address of its own."""

    page: ListPage
    promises: list[Promise]
    filters: tuple[Filter, ...]
    query: str
    total: int
    every: int


def listing(asked: Mapping[str, str]) -> Promises:
    """The view that an address asks for.

    Args:
        asked: the query of the address, untrusted.
    """
    carried = Exists(ActionPage.objects.live().filter(commitment=OuterRef("pk")))
    public = Commitment.objects.public().annotate(is_carried=carried)
    rows = [
        (str(key or ""), "yes" if is_carried else "no") for key, is_carried in public.values_list("organisation", "is_carried")
    ]
    labels = {"carried": _carried(), "organisation": _organisations({key for key, _c in rows if key})}
    chosen = read(asked, labels)
    wanted, by = chosen.get("carried"), chosen.get("organisation")
    filters = (
        narrowing("carried", _("Action"), labels["carried"], Counter(c for o, c in rows if not by or o == by), chosen),
        narrowing(
            "organisation",
            _("Made by"),
            labels["organisation"],
            Counter(o for o, c in rows if not wanted or c == wanted),
            chosen,
        ),
    )
    if wanted:
        public = public.filter(is_carried=wanted == "yes")
    if by:
        public = public.filter(organisation=int(by))
    shown = public.select_related("organisation", "workstream", "strategy").order_by("-made_on", "pk")
    pages = Paginator(shown, ON_A_PAGE)
    page = pages.get_page(asked.get("page"))
    return Promises(page, _with_actions(list(page)), filters, chosen.query(), pages.count, len(rows))


def commitments(request: HttpRequest) -> HttpResponse:
    """The page of the list."""
    return render(request, "governance/commitments.html", {"listing": listing(request.GET), "today": timezone.localdate()})


def _with_actions(promises: list[Commitment]) -> list[Promise]:
    actions: dict[int, list[ActionPage]] = {promise.pk: [] for promise in promises}
    for action in ActionPage.objects.live().filter(commitment__in=actions).select_related("board", "lead_organisation"):
        actions[action.commitment_id].append(action)
    return [Promise(promise, actions[promise.pk]) for promise in promises]


def _carried() -> dict[str, Any]:
    return {"no": _("No action yet"), "yes": _("An action carries it")}


def _organisations(keys: set[str]) -> dict[str, str]:
    rows = Organisation.objects.filter(pk__in=keys).order_by("name").values_list("pk", "name")
    return {str(key): name for key, name in rows}
