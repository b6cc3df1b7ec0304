"""The records that others stand below, fetched together: a list of a hundred resolutions asks once for their meetings."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from wagtail.models import Page

Above = TypeVar("Above", bound=Page)


def path_above(page: Page, steps: int = 1) -> str:
    """The place in the tree of the page that many steps up."""
    return str(page.path[: -Page.steplen * steps])


def above(pages: Iterable[Page], page_class: type[Above], steps: int = 1) -> dict[int, Above]:
    """The live pages of one class that many steps above each page, by the key of the page below.

    Args:
        pages: pages of one depth, such as resolutions.
        page_class: the class of what is looked for, such as `MeetingPage`.
        steps: 1 for parents, 2 for grandparents.
    """
    pages = list(pages)
    paths = {path_above(page, steps) for page in pages}
    found: dict[str, Any] = {row.path: row for row in page_class._default_manager.filter(path__in=paths, live=True)}
    return {page.pk: found[path_above(page, steps)] for page in pages if path_above(page, steps) in found}


def each_above(pages: Iterable[Page], kinds: Mapping[int, type[Page]]) -> dict[int, dict[int, Any]]:
    """The live pages at several steps above each page, with one query: by the number of steps, then by the key of the page below.

    Args:
        pages: pages of one depth, such as resolutions.
        kinds: the class of what is looked for by the number of steps, such as meetings two steps above.
    """
    pages = list(pages)
    names = {steps: str(kind._meta.model_name) for steps, kind in kinds.items()}
    paths = {path_above(page, steps) for page in pages for steps in kinds}
    # No order: the database would be asked to keep one that nobody looks at.
    pages_above = Page.objects.filter(path__in=paths, live=True).select_related(*names.values()).order_by()
    rows = {row.path: row for row in pages_above}
    found: dict[int, dict[int, Any]] = {}
    for steps, name in names.items():
        records = {page.pk: getattr(rows.get(path_above(page, steps)), name, None) for page in pages}
        found[steps] = {key: record for key, record in records.items() if record is not None}
    return found


def below(page: Page, candidates: Iterable[Page]) -> list[Any]:
    """Those of the candidates that stand directly or further below the page, in the order given."""
    return [candidate for candidate in candidates if candidate.path.startswith(page.path) and candidate.path != page.path]
