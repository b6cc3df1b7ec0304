"""The passages of papers that hold the words searched for, with the page of the paper they stand on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.words import folded
from home.search.passages import marked, passage
from minutes.models import Paper
from minutes.models.agenda import MOST_SEARCHED

MOST_OF_AN_ITEM = 3
"""So many papers of one item are shown below it; the item's page has them all."""


@dataclass(frozen=True)
class PaperHit:
    """A paper that holds words searched for.

    Attributes:
        page: the page of its file, counted from 1; none where only its title holds them.
    """

    paper: Paper
    title: SafeString
    passage: SafeString
    page: int | None


def papers_with(words: Sequence[str], items: Collection[int]) -> dict[int, list[PaperHit]]:
    """The public papers of these items that hold any of the words, by item, those with the most of them first. Two queries.

    Args:
        words: folded words.
        items: primary keys of items.
    """
    if not items:
        return {}
    found: dict[int, list[tuple[int, PaperHit]]] = {}
    for paper in Paper.objects.public().with_files(text=True).filter(item__in=items):
        held, hit = _hit(paper, words)
        if held:
            found.setdefault(paper.item_id, []).append((held, hit))
    return {
        item: [hit for _held, hit in sorted(hits, key=lambda one: -one[0])[:MOST_OF_AN_ITEM]] for item, hits in found.items()
    }


def _hit(paper: Paper, words: Sequence[str]) -> tuple[int, PaperHit]:
    """How many of the words a paper holds on one page or in its title, and where."""
    pages = paper.shown.text[:MOST_SEARCHED].split("\f") if paper.shown else []
    counts = [_number_of(words, page) for page in pages]
    most = max(counts, default=0)
    page = counts.index(most) if most else None
    there = passage([" ".join(pages[page].split())], words)[1] if page is not None else format_html("{}", "")
    number = page + 1 if page is not None else None
    return max(most, _number_of(words, paper.title)), PaperHit(paper, marked(paper.title, words), there, number)


def _number_of(words: Sequence[str], text: str) -> int:
    plain = folded(text)
    return sum(word in plain for word in words)
