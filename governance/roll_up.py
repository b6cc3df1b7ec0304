"""All promises of one board, strategy or workstream in a few lines: how many, where they stand, which are late, what is new."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from governance.chain import latest_updates
from governance.enums import ActionStatus
from governance.models import ActionPage, ProgressUpdatePage
from governance.progress_filters import Chosen, late, public_actions

NEWS = 3


@dataclass(frozen=True)
class Line:
    """A number in words, with the query of the progress list that holds what it counts."""

    words: str
    query: str


@dataclass(frozen=True)
class RollUp:
    """Where the promises of something stand.

    Attributes:
        every: how many there are.
        standing: how many stand where, in the order of the statuses.
        late: how many have passed their date, and how many owe news; only what there is.
        news: the latest updates, each with its action, latest first.
    """

    total: int
    every: Line
    standing: tuple[Line, ...]
    late: tuple[Line, ...]
    news: tuple[tuple[ProgressUpdatePage, ActionPage], ...]


def roll_up(name: str, value: str, today: date) -> RollUp:
    """The promises of one record, with three queries.

    Args:
        name: the filter of the progress list, such as `board`.
        value: its value, such as the board's code.
        today: the day by which something is late.
    """
    chosen = Chosen(today, {name: value})
    actions = public_actions().filter(chosen.condition())
    counts = {"number": Count("pk"), "by_date": Count("pk", filter=late("date", today))}
    counts["by_news"] = Count("pk", filter=late("news", today))
    rows = {row["status"]: row for row in actions.order_by().values("status").annotate(**counts)}
    total = sum(row["number"] for row in rows.values())
    by_date, by_news = (sum(row[column] for row in rows.values()) for column in ("by_date", "by_news"))
    dates = ngettext("%(count)d is late", "%(count)d are late", by_date) % {"count": by_date}
    owed = ngettext("%(count)d owes news", "%(count)d owe news", by_news) % {"count": by_news}
    return RollUp(
        total=total,
        every=Line(ngettext("%(count)d promise", "%(count)d promises", total) % {"count": total}, chosen.query()),
        standing=tuple(
            Line(f"{rows[status]['number']} {status.label.lower()}", chosen.query(status=str(status)))
            for status in ActionStatus
            if status in rows
        ),
        late=tuple(
            Line(words, chosen.query(late=kind))
            for kind, number, words in (("date", by_date, dates), ("news", by_news, owed))
            if number
        ),
        news=latest_news(actions),
    )


def latest_news(actions: QuerySet[ActionPage]) -> tuple[tuple[ProgressUpdatePage, ActionPage], ...]:
    """The latest update of each of the actions that were heard of last, with two queries."""
    heard = list(actions.filter(last_news_on__isnull=False).order_by("-last_news_on", "path")[:NEWS])
    updates = latest_updates(heard)
    return tuple((updates[action.path], action) for action in heard if action.path in updates)
