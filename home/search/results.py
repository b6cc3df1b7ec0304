"""What was found, how it can be narrowed, and what a reader sees of each record."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.db.models import Model, OuterRef
from django.db.models.functions import Length, Substr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail.models import Page
from wagtail.search import index

from governance.models import (
    ActionPage,
    BoardPage,
    CaseStudyPage,
    ProgressUpdatePage,
    StrategyPage,
    WorkshopPage,
    WorkstreamPage,
)
from governance.progress_list import Choice, Filter
from home.search.asking import Asked
from home.search.matching import MOST_RESULTS, Found, found_for
from home.search.papers import PaperHit, papers_with
from home.search.passages import held_in, marked, passage, spans_of
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage

RESULTS_ON_A_PAGE = 20
KINDS: dict[str, type[Page]] = {
    "board": BoardPage,
    "meeting": MeetingPage,
    "item": AgendaItemPage,
    "minute": MinutePage,
    "resolution": ResolutionPage,
    "action": ActionPage,
    "update": ProgressUpdatePage,
    "workshop": WorkshopPage,
    "strategy": StrategyPage,
    "workstream": WorkstreamPage,
    "case-study": CaseStudyPage,
}
SHOWN_ELSEWHERE = frozenset({"title", "reference", "text_of_papers"})
"""Searched, and shown in another place of a result than its passage."""
OTHER = "page"
"""Every other page: what is told about the site and how it works."""
ANCHORS = {
    (AgendaItemPage, "recommendations"): "recommended",
    (AgendaItemPage, "released_words"): "released",
    (MinutePage, "text"): "said",
}
"""Where on a record's page a field stands that is not at its head."""


@dataclass(frozen=True)
class Hit:
    """One record found: where it is, what sort it is and the passage that holds the words.

    Attributes:
        anchor: the part of its page that the passage stands in; empty at its head.
        papers: those of its papers that hold what it does not hold itself.
    """

    page: Any
    title: SafeString
    kind: str
    passage: SafeString
    anchor: str
    board: str
    day: date | None
    papers: tuple[PaperHit, ...] = ()


@dataclass(frozen=True)
class Results:
    """One page of what was found, and how it can be narrowed.

    Attributes:
        asked: what was asked for, without what means nothing.
        every: how many there are before anything is narrowed.
        is_cut: whether there are more than are listed.
        query: what the address of another page of it begins with.
        whole: the address of all that was found.
    """

    asked: Asked
    page: ListPage
    hits: tuple[Hit, ...]
    total: int
    every: int
    is_cut: bool
    filters: tuple[Filter, ...]
    query: str
    whole: str


def results_of(asked: Asked, number: str | None) -> Results:
    """What was found, narrowed as the address says. A filter that means nothing is none.

    Args:
        number: which page of the results, untrusted.
    """
    boards = BoardPage.objects.live().in_bulk()
    every = _found(asked.words, boards.values())
    kinds = _kinds(every)
    labels = {"kind": _kind_names(), "board": {board.code: board.title for board in boards.values()}}
    asked = asked.among(labels)
    rules: dict[str, Callable[[Found], str]] = {
        "kind": lambda one: kinds[one.kind],
        "board": lambda one: str(boards[one.board].code) if one.board in boards else "",
    }
    dated = [one for one in every if _is_between(one.day, asked)]
    pages = Paginator(_narrowed(dated, asked, rules), RESULTS_ON_A_PAGE)
    page = pages.get_page(number)
    headings = {"kind": _("Kind"), "board": _("Board")}
    return Results(
        asked=asked,
        page=page,
        hits=tuple(_hits(list(page), asked.words, boards)),
        total=pages.count,
        every=len(every),
        is_cut=len(every) == MOST_RESULTS,
        filters=tuple(
            _filter(name, headings[name], Counter(map(rule, _narrowed(dated, asked, rules, but=name))), labels[name], asked)
            for name, rule in rules.items()
        ),
        query=asked.address(),
        whole=asked.address(**dict.fromkeys(asked.narrowed, "")),
    )


def _found(words: Sequence[str], boards: Iterable[BoardPage]) -> list[Found]:
    """What holds the words; nothing when the engine cannot read them."""
    if not words:
        return []
    try:
        with transaction.atomic():
            return found_for(words, boards)
    except DatabaseError:
        return []


def _kinds(every: Iterable[Found]) -> dict[int, str]:
    """The kinds of what was found, by content type."""
    names: dict[type[Model] | None, str] = {model: name for name, model in KINDS.items()}
    types = ContentType.objects.get_for_id
    return {key: names.get(types(key).model_class(), OTHER) for key in {one.kind for one in every}}


def _kind_names() -> dict[str, str]:
    return {**{name: str(model._meta.verbose_name).capitalize() for name, model in KINDS.items()}, OTHER: _("Other page")}


def _is_between(day: date | None, asked: Asked) -> bool:
    """Whether a record is dated between the days asked for; one without a day only where none is asked for."""
    if asked.from_day is None and asked.to_day is None:
        return True
    return day is not None and (asked.from_day or date.min) <= day <= (asked.to_day or date.max)


def _narrowed(found: Iterable[Found], asked: Asked, rules: dict[str, Callable[[Found], str]], but: str = "") -> list[Found]:
    """What the chosen filters leave, without the one named."""
    chosen = [(rule, asked.narrowed[name]) for name, rule in rules.items() if name in asked.narrowed and name != but]
    return [one for one in found if all(rule(one) == value for rule, value in chosen)]


def _filter(name: str, heading: str, counts: Counter[str], labels: dict[str, str], asked: Asked) -> Filter:
    current = asked.narrowed.get(name, "")
    choices = (
        Choice(value, label, counts[value], asked.address(**{name: "" if value == current else value}), value == current)
        for value, label in labels.items()
        if counts[value] or value == current
    )
    return Filter(name, heading, tuple(choices))


def _hits(found: Sequence[Found], words: Sequence[str], boards: dict[int, BoardPage]) -> Iterable[Hit]:
    """What is shown of one page of results, in the order found."""
    specific = _records_of(found)
    texts = {key: texts_of(page) for key, page in specific.items()}
    papers = papers_with(words, [key for key, page in specific.items() if not _holds_all(page, texts[key], words)])
    for one in found:
        page = specific[one.pk]
        which, words_there = passage(texts[one.pk].values(), words)
        name = list(texts[one.pk])[which] if which is not None else ""
        board = boards.get(one.board or 0)
        yield Hit(
            page=page,
            title=marked(_name_of(page), words),
            kind=str(page._meta.verbose_name).capitalize(),
            passage=words_there,
            anchor=ANCHORS.get((type(page), name), ""),
            board=board.title if board and board.pk != page.pk else "",
            day=one.day,
            papers=tuple(papers.get(one.pk, ())),
        )


def _records_of(found: Sequence[Found]) -> dict[int, Any]:
    """The records of what was found, each kind by its own query; a resolution with the title of its item."""
    kinds: dict[int, list[int]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one.pk)
    records: dict[int, Any] = {}
    for kind, keys in kinds.items():
        model = cast(type[Page], ContentType.objects.get_for_id(kind).model_class())
        rows = model._default_manager.filter(pk__in=keys)
        if model is ResolutionPage:
            items = AgendaItemPage.objects.live().filter(
                path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
            )
            rows = rows.annotate(title_of_item=items.values("title")[:1])
        records.update((page.pk, page) for page in rows)
    return records


def _name_of(page: Any) -> str:
    """What a result is called: a resolution by its item, as its own page is, since its title is no more than its number."""
    if not isinstance(page, ResolutionPage):
        return str(page.title)
    item = getattr(page, "title_of_item", None)
    if item and page.label:
        return _("%(item)s: resolution %(label)s") % {"item": item, "label": page.label}
    return str(page.reference or page.title)


def _holds_all(page: Any, texts: dict[str, str], words: Sequence[str]) -> bool:
    """Whether a record holds all the words itself, or has no papers that could."""
    if not isinstance(page, AgendaItemPage):
        return True
    own = " ".join([page.title, *texts.values()])
    return held_in(own, spans_of(own, words), words) == len(words)


def texts_of(page: Any) -> dict[str, str]:
    """The texts of a record that are searched, by their field, without what is shown in another place."""
    names = [one.field_name for one in page.search_fields if isinstance(one, index.SearchField)]
    values = {name: index.SearchField(name).get_value(page) for name in names if name not in SHOWN_ELSEWHERE}
    plain = {name: value if isinstance(value, list) else [value or ""] for name, value in values.items()}
    return {name: text for name, parts in plain.items() if (text := " ".join(" ".join(map(str, parts)).split()))}
