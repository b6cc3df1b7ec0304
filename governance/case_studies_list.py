"""The public list of case studies, narrowed by the principle they show and by organisation, as plain links."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.models import CaseStudyPage, CoproductionPrinciple
from governance.narrowing import narrowing, read
from governance.progress_list import Filter

ON_A_PAGE = 25
NAMES = ("principle", "organisation")


@dataclass(frozen=True)
class CaseStudies:
    """One view of the list, with an address of its own."""

    page: ListPage
    filters: tuple[Filter, ...]
    query: str
    total: int
    every: int


def listing(index: Page, asked: Mapping[str, str]) -> CaseStudies:
    """The view that an address asks for: three queries.

    Args:
        index: the page of the list.
        asked: the query of the address, untrusted.
    """
    live = CaseStudyPage.objects.child_of(index).live().select_related("organisation").prefetch_related("principles")
    studies = list(live.order_by("title"))
    principles = {str(one.pk): one.name for study in studies for one in study.principles.all()}
    bodies = {str(study.organisation_id): study.organisation.name for study in studies if study.organisation}
    in_order = [str(key) for key in CoproductionPrinciple.objects.values_list("pk", flat=True)]
    labels = {
        "principle": {key: principles[key] for key in in_order if key in principles},
        "organisation": dict(sorted(bodies.items(), key=lambda named: named[1])),
    }
    chosen = read(asked, labels)
    shown = {name: Counter[str]() for name in NAMES}
    left = []
    for study in studies:
        values = _values_of(study)
        missed = [name for name, value in chosen.values.items() if value not in values[name]]
        if not missed:
            left.append(study)
        for name in NAMES:
            if not set(missed) - {name}:
                shown[name].update(values[name])
    words = {"principle": _("Principle it shows"), "organisation": _("Organisation")}
    filters = tuple(narrowing(name, words[name], labels[name], shown[name], chosen) for name in NAMES)
    page = Paginator(left, ON_A_PAGE).get_page(asked.get("page"))
    return CaseStudies(page, filters, chosen.query(), len(left), len(studies))


def _values_of(study: CaseStudyPage) -> dict[str, set[str]]:
    """What one case study is by each filter."""
    own = {str(study.organisation_id)} if study.organisation_id else set()
    return {"principle": {str(one.pk) for one in study.principles.all()}, "organisation": own}
