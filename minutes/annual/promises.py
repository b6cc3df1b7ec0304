"""Where promises stood at the end of a year, worked out from the news published by then. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from governance.enums import CLOSED_STATUSES, ActionStatus
from governance.progress import News, is_late, standing


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One action, as far as its standing hangs on it.

    Attributes:
        made_on: the day it became public.
    """

    key: str
    made_on: date
    first_due_on: date | None
    is_agreed: bool
    news_every_weeks: int


def outcomes(promises: Iterable[Promise], news: Mapping[str, list[News]], *, first: date, until: date) -> dict[str, str]:
    """What had become of each promise by a day: kept, late, open or ended, by its key.

    Left out are promises made later, and those that were over before the year began.

    Args:
        news: the published updates of each promise, by its key.
        first: the first day of the year.
        until: the last day of the year, or today while it lasts.
    """
    found = {}
    for promise in promises:
        told = [item for item in news.get(promise.key, []) if item.date <= until]
        if promise.made_on > until:
            continue
        stood = standing(
            told,
            first_due_on=promise.first_due_on,
            agreed=promise.is_agreed,
            since=promise.made_on,
            news_every_weeks=promise.news_every_weeks,
        )
        if stood.status not in CLOSED_STATUSES:
            found[promise.key] = "late" if is_late(stood.due_on, stood.status, until) else "open"
        elif stood.last_news_on is not None and stood.last_news_on >= first:
            found[promise.key] = "kept" if stood.status == ActionStatus.COMPLETED else "ended"
    return found
