"""One search box over all public records. No input makes it fail, and no draft is ever found by it."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import DatabaseError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail.models import Page
from wagtail.search import index

from governance.models import ActionPage, BoardPage, CaseStudyPage, ProgressUpdatePage, StrategyPage, WorkstreamPage
from governance.progress_list import Choice, Filter
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage

RESULTS_ON_A_PAGE = 20
LONGEST_QUERY = 200
MOST_RESULTS = 200
AROUND = 110
"""How many letters are shown before and after the first word found."""
KINDS: dict[str, type[Page]] = {
    "board": BoardPage,
    "meeting": MeetingPage,
    "item": AgendaItemPage,
    "minute": MinutePage,
    "resolution": ResolutionPage,
    "action": ActionPage,
    "update": ProgressUpdatePage,
    "strategy": StrategyPage,
    "workstream": WorkstreamPage,
    "case-study": CaseStudyPage,
}
_NOT_WORDS = re.compile(r"[^\w\s-]+")


@dataclass(frozen=True)
class Hit:
    """One record found: where it is, what sort it is and the passage that holds the words."""

    page: Any
    title: str
    kind: str
    passage: SafeString | str


@dataclass(frozen=True)
class Results:
    """One page of what was found, and how it can be narrowed."""

    page: ListPage
    hits: tuple[Hit, ...]
    total: int
    filters: tuple[Filter, ...]
    kind: str
    board: str
    query: str


def words_of(query: str) -> str:
    """The words of what was typed: operators, quotes and control characters of any search engine mean nothing here."""
    return " ".join(_NOT_WORDS.sub(" ", query[:LONGEST_QUERY]).split())


def found_pages(query: str) -> list[Page]:
    """The public pages that hold the words, best first; nothing when the engine cannot read them."""
    words = words_of(query)
    if not words:
        return []
    try:
        with transaction.atomic():
            return list(Page.objects.live().public().search(words)[:MOST_RESULTS])
    except (DatabaseError, ValueError):
        return []


def search(request: HttpRequest) -> HttpResponse:
    """The search page."""
    query = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY]
    return render(request, "home/search.html", {"query": query, "results": results_of(query, request.GET)})


def results_of(query: str, asked: Mapping[str, str]) -> Results:
    """What was found for a query, narrowed as the address says. A filter that means nothing is none."""
    found = found_pages(query)
    boards = _boards_of(found)
    kinds = {page.pk: _kind(page) for page in found}
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    board = asked.get("board", "") if asked.get("board") in {row.code for row in boards.values()} else ""
    by_kind = [page for page in found if not kind or kinds[page.pk] == kind]
    by_board = [page for page in found if not board or (page.pk in boards and boards[page.pk].code == board)]
    left = [page for page in by_kind if page in by_board]
    chosen = {"q": query, "kind": kind, "board": board}
    titles = {row.code: row.title for row in boards.values()}
    pages = Paginator(left, RESULTS_ON_A_PAGE).get_page(asked.get("page"))
    return Results(
        page=pages,
        hits=tuple(_hits(pages, words_of(query))),
        total=len(left),
        filters=(
            _narrowing("kind", _("Kind"), (kinds[page.pk] for page in by_board), _kind_names(), chosen),
            _narrowing("board", _("Board"), (boards[page.pk].code for page in by_kind if page.pk in boards), titles, chosen),
        ),
        kind=kind,
        board=board,
        query=_address(chosen),
    )


def _boards_of(pages: Iterable[Page]) -> dict[int, BoardPage]:
    """The live board that each page belongs to: the one it stands below, or its action's."""
    every = list(BoardPage.objects.live())
    actions = ActionPage.objects.live().filter(path__in={page.path[: Page.steplen * 4] for page in pages})
    by_action = dict(actions.values_list("path", "board"))
    by_path = {board.path: board for board in every}
    by_key = {board.pk: board for board in every}
    found = {}
    for page in pages:
        place = page.path[: Page.steplen * 4]
        board = by_path.get(place) or by_key.get(by_action.get(place, 0))
        if board is not None:
            found[page.pk] = board
    return found


def _kind(page: Page) -> str:
    return next((name for name, model in KINDS.items() if page.specific_class is model), "")


def _kind_names() -> dict[str, str]:
    return {name: str(model._meta.verbose_name).capitalize() for name, model in KINDS.items()}


def _narrowing(name: str, label: str, values: Iterable[str], labels: Mapping[str, str], chosen: Mapping[str, str]) -> Filter:
    counts = Counter(value for value in values if value)
    choices = (
        Choice(value, labels[value], counts[value], _address({**chosen, name: "" if on else value}), on)
        for value in labels
        if (on := chosen[name] == value) or counts[value]
    )
    return Filter(name, label, tuple(choices))


def _address(chosen: Mapping[str, str]) -> str:
    return urlencode([(name, value) for name, value in chosen.items() if value])


def _hits(pages: Iterable[Page], words: str) -> Iterable[Hit]:
    """The pages of one page of results as their own classes, in the order found."""
    keys = [page.pk for page in pages]
    specific: dict[int, Any] = {page.pk: page for page in Page.objects.filter(pk__in=keys).live().specific()}
    for page in (specific[key] for key in keys if key in specific):
        title = page.reference or page.title if isinstance(page, ResolutionPage) else page.title
        yield Hit(page, title, str(page._meta.verbose_name).capitalize(), passage(texts_of(page), words))


def texts_of(page: Any) -> list[str]:
    """The published texts of a record that are searched, without its title."""
    names = [one.field_name for one in page.search_fields if isinstance(one, index.SearchField)]
    fields = {field.name: field for field in page._meta.get_fields() if isinstance(field, models.TextField)}
    return [_plain(str(getattr(page, name))) for name in dict.fromkeys(names) if name in fields]


def _plain(text: str) -> str:
    """The words of rich text, those of two paragraphs apart."""
    return " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())


def passage(texts: Iterable[str], words: str) -> SafeString | str:
    """The first passage that holds one of the words, with every word marked; the beginning where none does.

    Args:
        texts: plain texts, untrusted.
        words: the words searched for, parted by spaces.
    """
    full = [text for text in texts if text.strip()]
    if not full or not words:
        return ""
    wanted = re.compile("|".join(rf"\b{re.escape(word)}" for word in words.split()), re.IGNORECASE)
    for text in full:
        if found := wanted.search(text):
            return _marked(text, max(found.start() - AROUND, 0), found.end() + AROUND, wanted)
    return _marked(full[0], 0, AROUND * 2, wanted)


def _marked(text: str, start: int, end: int, wanted: re.Pattern[str]) -> SafeString:
    """A stretch of the text from word to word, its marks made of escaped pieces."""
    start = text.rfind(" ", 0, start) + 1
    cut = text.find(" ", end)
    stretch = text[start:cut] if cut != -1 else text[start:]
    marked, last = format_html("{}", "… " if start else ""), 0
    for found in wanted.finditer(stretch):
        marked = format_html("{}{}<mark>{}</mark>", marked, stretch[last : found.start()], found.group())
        last = found.end()
    return format_html("{}{}{}", marked, stretch[last:], " …" if cut != -1 else "")
