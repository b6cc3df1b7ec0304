"""The way to a public page: one query finds the page of an address, what stands above it and the sections of the site.

Wagtail walks from the front page down, two queries for each step, and then asks for the same pages again to draw the way back and to
see whether any of them is restricted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise, takewhile
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction

from governance import remembering
from governance.models.references import PublicAddress
from governance.standing_facts import is_remembering, standing

_FOUND_BY = "_way"
SPARE = 20
"""Sections that may have been taken away before the menu is asked for in another way."""


@dataclass(frozen=True)
class Way:
    """How a page is reached.

    Attributes:
        page: the page itself, as its own class.
        above: every page above it, from the front page down.
        rest: what follows in the address: a view of the page itself.
        sections: the live pages directly below the front page, in the order of the menu.
        is_open: whether neither the page nor any above it is shown to some people only.
    """

    page: Any
    above: tuple[Page, ...]
    rest: tuple[str, ...]
    sections: tuple[Page, ...]
    is_open: bool


def find(front: Page, slugs: Sequence[str]) -> Way | None:
    """The way to the page of an address: two queries. None where only Wagtail's own walk can tell.

    Args:
        front: the front page.
        slugs: the address, in pieces.
    """
    paths = [front.url_path, *accumulate(slugs, lambda path, slug: f"{path}{slug}/", initial=front.url_path)][1:]
    rows = {row.url_path: row for row in _rows(front, paths)}
    steps = [rows[path] for path in takewhile(rows.__contains__, paths)]
    rest = slugs[len(steps) - 1 :]
    if not steps or any(row.alias_of_id for row in steps) or _is_view_of(steps[:-1], slugs):
        return None
    if rest and not _is_view_of(steps, slugs):
        return None
    for upper, lower in pairwise(steps):
        # Where treebeard keeps the parent that it has asked for.
        lower._cached_parent_obj = upper
    sections = _sections(front, rows.values())
    if len(steps) > 1 and _shown_with(steps[-2]):
        _shown(steps[-2])
    return Way(_shown(steps[-1]), tuple(steps[:-1]), tuple(rest), sections, not any(row.is_restricted for row in steps))


def remember(request: Any, way: Way) -> None:
    """Let what is drawn around the page know the way to it, and the views of the page share what they ask, as the page itself does."""
    remembering.start(way.page)
    setattr(request, _FOUND_BY, way)
    setattr(way.page, _FOUND_BY, way)


def way_of(asked: Any) -> Way | None:
    """The way by which a page was found, or that a request has gone."""
    return getattr(asked, _FOUND_BY, None)


def known_above(page: Any) -> list[Any]:
    """The record directly above a page, where it was fetched together with it."""
    parent = getattr(page, "_cached_parent_obj", None) if way_of(page) else None
    record = vars(parent).get("specific") if parent is not None else None
    return [] if record is None else [record]


def sections_of(front: Page) -> tuple[Page, ...]:
    """The live pages directly below the front page, in the order of the menu."""
    return _sections(front, _first_rows(front))


def _sections(front: Page, rows: Iterable[Page]) -> tuple[Page, ...]:
    below = [row for row in rows if row.depth == front.depth + 1]
    if len(below) != front.numchild:
        below = list(Page.objects.child_of(front).order_by("path"))
    return tuple(row for row in below if row.live)


def _first_below(front: Page) -> Q:
    """The places below the front page that its sections stand in, unless many were taken away.

    Asked for what stands one step below a place, a database reads all that stands anywhere below it: the whole site.
    """
    # Of treebeard's own making: a place is the place above it and a number.
    places = [Page._get_path(front.path, front.depth + 1, step) for step in range(1, front.numchild + SPARE)]
    return Q(path__in=places)


def _rows(front: Page, paths: Sequence[str]) -> Iterable[Page]:
    """The pages of an address, as far as they are found by it, with the front page and its sections."""
    addressed = PublicAddress.objects.filter(path__in=paths).values_list("page")
    if is_remembering():
        first = {row.url_path: row for row in _first_rows(front)}
        # Most sections are no records; what is one of them is known already.
        further = [] if first.keys() >= set(paths) else _restriction_told(Page.objects.filter(pk__in=addressed))
        return [*first.values(), *further]
    below = _first(front).values_list("pk")
    # As a union of keys: PostgreSQL would read every page of the site to find those that fit the one or the other.
    return _restriction_told(Page.objects.filter(pk__in=addressed.union(below.order_by(), all=True)))


def _first_rows(front: Page) -> tuple[Page, ...]:
    """The front page and what stands directly below it."""
    return standing(("front page and sections", front.pk), lambda: tuple(_restriction_told(_first(front))))


def _first(front: Page) -> Any:
    return Page.objects.filter(Q(pk=front.pk) | _first_below(front))


def _restriction_told(pages: Any) -> Any:
    """Pages with `is_restricted`: whether each is shown to some people only."""
    restrictions = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    return pages.annotate(is_restricted=Exists(restrictions)).order_by("path")


def _is_view_of(above: Sequence[Page], slugs: Sequence[str]) -> bool:
    """Whether the end of the address is a view of one of the pages above: that comes before a page of the same name."""
    views = [(page, slugs[steps:]) for steps, page in enumerate(above) if issubclass(page.specific_class, RoutablePageMixin)]
    return any(_has_view(page.specific_deferred, rest) for page, rest in views)


def _has_view(page: RoutablePageMixin, slugs: Sequence[str]) -> bool:
    try:
        page.resolve_subpage(f"/{'/'.join(slugs)}/")
    except Http404:
        return False
    return True


def known_parent(record: Any) -> Any:
    """The page directly above a record, as its own class: most of what people read stands below one of a few boards."""
    parent = record.get_parent()
    return _shown(parent) if is_remembering() else parent.specific


def _shown(page: Page) -> Any:
    """A page of the way as its own class. Of a board and an action that is known for as long as nothing changes."""
    if "specific" not in vars(page):
        is_known = _shown_with(page)
        record = standing(("shown", page.pk), partial(_as_itself, page)) if is_known else _as_itself(page)
        record._cached_parent_obj = page.get_parent()
        page.specific = record
    return page.specific


def _shown_with(page: Page) -> tuple[str, ...]:
    kind: Any = page.specific_class
    return getattr(kind, "shown_with", ())


def _as_itself(page: Page) -> Any:
    """The page as its own class, together with the records that every page of the class shows."""
    kind: Any = page.specific_class
    shown_with = _shown_with(page)
    # Without a name it would join whatever a page must have: its language, its content type.
    every = kind._default_manager.select_related(*shown_with) if shown_with else kind._default_manager
    return every.get(pk=page.pk)
