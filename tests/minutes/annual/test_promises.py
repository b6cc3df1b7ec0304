"""Where promises stood at the end of a year: told by the news of then, not by that of today."""

from dataclasses import replace
from datetime import date

import pytest

from governance.progress import News
from minutes.annual.promises import Promise, outcomes

FIRST, LAST = date(2025, 5, 1), date(2026, 4, 30)
PROMISE = Promise(key="a", made_on=date(2025, 6, 1), first_due_on=date(2026, 3, 31), is_agreed=True, news_every_weeks=8)


def _news(day: date, status: str = "under_way", **fields: object) -> News:
    return News(key=day.toordinal(), date=day, status=status, confidence="on_track", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("promise", "news", "until", "outcome"),
    [
        (PROMISE, [], LAST, "late"),
        (PROMISE, [], date(2026, 3, 31), "open"),
        (PROMISE, [_news(date(2026, 2, 1), new_due_on=date(2026, 9, 1))], LAST, "open"),
        (PROMISE, [_news(date(2026, 2, 1), "completed")], LAST, "kept"),
        (PROMISE, [_news(date(2026, 5, 2), "completed")], LAST, "late"),
        (PROMISE, [_news(date(2026, 2, 1), "closed")], LAST, "ended"),
        (PROMISE, [_news(date(2026, 2, 1), "handed_on")], LAST, "ended"),
        (replace(PROMISE, first_due_on=None), [], LAST, "open"),
        (replace(PROMISE, made_on=date(2024, 6, 1)), [_news(date(2025, 4, 30), "completed")], LAST, None),
        (replace(PROMISE, made_on=date(2024, 6, 1)), [_news(date(2025, 5, 1), "completed")], LAST, "kept"),
        (replace(PROMISE, made_on=date(2026, 5, 1)), [], LAST, None),
        (replace(PROMISE, made_on=LAST), [], LAST, "late"),
    ],
)
def test_a_promise_stands_where_its_news_of_the_year_says(
    promise: Promise, news: list[News], until: date, outcome: str | None
) -> None:
    assert outcomes([promise], {"a": news}, first=FIRST, until=until).get("a") == outcome
