"""Which public pages hold the words, asked of Wagtail's own index in the way of each database.

The order is the same on both: first the page whose reference was typed, then those whose title holds every word, then those that hold
the words one after the other, then the rest; among equals the newest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone

from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry

from governance.models import ActionPage, BoardPage, Reference, StrategyPage
from governance.words import SHORTEST_BEGINNING
from minutes.models import MeetingPage

MOST_RESULTS = 5_000
STRATEGY, BOARD, MEETING = (Page.steplen * depth for depth in (3, 4, 5))
"""How long the paths of these pages are; every page type names its parents, so that they never stand elsewhere."""

_SQLITE = "SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s"
_POSTGRESQL = "SELECT id FROM wagtailsearch_indexentry WHERE {} @@ to_tsquery('simple', %s)"


@dataclass(frozen=True)
class Found:
    """A page that was found, with what results are narrowed by.

    Attributes:
        kind: the primary key of its content type.
        day: the day it is dated: of its meeting, update or workshop, else that of its first publication.
        board: the primary key of the board it belongs to, if any.
    """

    pk: int
    kind: int
    day: date | None
    board: int | None


def found_for(words: Sequence[str], boards: Iterable[BoardPage] = ()) -> list[Found]:
    """The public pages that hold all the words, best first, and no more than `MOST_RESULTS`.

    Args:
        words: folded words, at least one.
        boards: those that pages below them are said to belong to.
    """
    places = {board.path: board.pk for board in boards}
    columns = ("pk", "content_type_id", "path", "moment", "answers")
    return [
        Found(pk, kind, _day(moment), places.get(path[:BOARD], answers))
        for pk, kind, path, moment, answers in public_pages(words).values_list(*columns)[:MOST_RESULTS]
    ]


def public_pages(words: Sequence[str]) -> QuerySet[Page]:
    """The public pages that hold all the words, best first, each with its moment and the board it answers to."""
    whole, title, phrase = (_holding(*part) for part in _conditions(words))
    named = Q(pk__in=Reference.objects.filter(slug="-".join(words)).values("page"))
    place = Case(When(named, then=Value(3)), When(title, then=Value(2)), When(phrase, then=Value(1)), default=Value(0))
    found: QuerySet[Page] = Page.objects.live().public().filter(whole, depth__gt=1)
    return found.annotate(place=place, moment=_moment(), answers=_answers()).order_by(
        "-place", F("moment").desc(nulls_last=True), "path"
    )


def _conditions(words: Sequence[str]) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """The SQL and its value that find index entries: by all words anywhere, by all in the title, by the words in a row."""
    if connection.vendor == "postgresql":
        marked = [f"'{word}'{':*' if len(word) >= SHORTEST_BEGINNING else ''}" for word in words]
        every, whole = " & ".join(marked), _POSTGRESQL.format("(title || body)")
        return (whole, every), (_POSTGRESQL.format("title"), every), (whole, " <-> ".join(marked))
    marked = [f'"{word}"{"*" if len(word) >= SHORTEST_BEGINNING else ""}' for word in words]
    every = f"({' AND '.join(marked)})"
    row = f'"{" ".join(words)}"{"*" if len(words[-1]) >= SHORTEST_BEGINNING else ""}'
    return (_SQLITE, f"{{title body}} : {every}"), (_SQLITE, f"{{title}} : {every}"), (_SQLITE, f"{{title body}} : {row}")


def _holding(sql: str, value: str) -> Q:
    kinds = ContentType.objects.get_for_models(*get_page_models()).values()
    entries = IndexEntry.objects.filter(pk__in=RawSQL(sql, [value]), content_type__in=[kind.pk for kind in kinds])  # noqa: S611
    return Q(pk__in=entries.values(key=Cast("object_id", BigIntegerField())))


def _moment() -> Coalesce:
    """When what a page tells of happened, as far as it says so."""
    met = MeetingPage.objects.filter(path=Substr(OuterRef("path"), 1, MEETING)).values("starts_at")[:1]
    told = Cast("progressupdatepage__date", DateTimeField())
    return Coalesce(Subquery(met), "workshoppage__starts_at", told, "first_published_at")


def _answers() -> Coalesce:
    """The board of the action or strategy that a page is or stands below."""
    action = ActionPage.objects.filter(path=Substr(OuterRef("path"), 1, BOARD)).values("board_id")[:1]
    strategy = StrategyPage.objects.filter(path=Substr(OuterRef("path"), 1, STRATEGY)).values("board_id")[:1]
    return Coalesce(Subquery(action), Subquery(strategy))


def _day(moment: datetime | Any) -> date | None:
    return timezone.localdate(moment) if moment else None
