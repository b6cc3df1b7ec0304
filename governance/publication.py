"""What happens, in the same transaction, when a record becomes public or ceases to be.

Apps register what follows for their own page types in `AppConfig.ready()`. The editor, bulk actions, workflow approval, the
scheduler and our own operations all publish through Wagtail's signals, and so all pass here.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Publication:
    """One publication of a record, or its end.

    Attributes:
        page: the record, as its own class.
        by: who did it; None for the scheduler.
        at: when, in UTC.
    """

    page: Any
    by: Any
    at: datetime


Follow = Callable[[Publication], None]

_published: dict[type[Model], list[Follow]] = defaultdict(list)
_withdrawn: dict[type[Model], list[Follow]] = defaultdict(list)


def register(page_class: type[Model], *, published: Follow | None = None, withdrawn: Follow | None = None) -> None:
    """Say what follows when a page of this class is published or withdrawn.

    Raises:
        ValueError: the same consequence is registered twice.
    """
    for follow, registry in ((published, _published), (withdrawn, _withdrawn)):
        if follow is None:
            continue
        if follow in registry[page_class]:
            raise ValueError(f"{follow.__name__} already follows {page_class.__name__}")
        registry[page_class].append(follow)


def tell_published(publication: Publication) -> None:
    """Run what follows from a publication, in the order it was registered."""
    _tell(_published, publication)


def tell_withdrawn(publication: Publication) -> None:
    """Run what follows when a record is no longer public."""
    _tell(_withdrawn, publication)


def _tell(registry: dict[type[Model], list[Follow]], publication: Publication) -> None:
    for page_class, follows in list(registry.items()):
        if isinstance(publication.page, page_class):
            for follow in follows:
                follow(publication)
