"""What the drawings of the progress page say, and that they say it of the view on the screen."""

import re
from datetime import date
from typing import Any

from django.test import Client

import pytest

from governance.enums import ActionStatus
from governance.models import BoardPage, User
from governance.progress_figures import OUTCOMES, by_quarter, by_quarter_of_view, finding_of, quarter_words, standing_now
from governance.progress_list import listing
from tests import building

TODAY = date(2026, 11, 22)


def _numbers(**numbers: int) -> dict[str, int]:
    return {**dict.fromkeys(OUTCOMES, 0), **numbers}


def test_quarters_near_today_stand_alone_and_those_far_off_together() -> None:
    counted: dict[date | None, dict[str, int]] = {
        None: _numbers(open=4),
        date(1990, 1, 1): _numbers(kept=1),
        date(2024, 10, 1): _numbers(late=1),
        date(2025, 1, 1): _numbers(late=2),
        date(2026, 10, 1): _numbers(open=3),
        date(2027, 7, 1): _numbers(open=5),
        date(2027, 10, 1): _numbers(open=6),
        date(2090, 1, 1): _numbers(ended=7),
    }
    quarters = by_quarter(counted, TODAY)
    assert [label for label, _row in quarters.rows] == [
        "Before January 2025",
        "January to March 2025",
        "October to December 2026",
        "July to September 2027",
        "After September 2027",
    ]
    assert quarters.rows[0][1] == _numbers(kept=1, late=1)
    assert quarters.rows[-1][1] == _numbers(open=6, ended=7)
    assert quarters.undated == 4
    assert quarters.dated == _numbers(kept=1, late=3, open=14, ended=7)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_there_are_never_more_rows_than_fit(today: date) -> None:
    every: dict[date | None, dict[str, int]] = {
        date(year, month, 1): _numbers(open=1) for year in range(1990, 2060) for month in (1, 4, 7, 10)
    }
    quarters = by_quarter(every, today)
    assert len(quarters.rows) == 13
    assert sum(sum(row.values()) for _label, row in quarters.rows) == len(every)


def test_a_quarter_in_words() -> None:
    assert quarter_words(date(2026, 10, 1)) == "October to December 2026"


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (_numbers(late=3, kept=4, open=2), "3 of 9 promises with a date are late, and 4 are kept."),
        (_numbers(late=1, kept=1), "1 of 2 promises with a date is late, and 1 is kept."),
        (_numbers(open=2), "0 of 2 promises with a date are late, and 0 are kept."),
        (_numbers(late=1), "Of the one promise with a date, 1 is late and 0 is kept."),
        (_numbers(), "No promise of these has a date."),
    ],
)
def test_the_finding_is_a_sentence(dated: dict[str, int], words: str) -> None:
    assert finding_of(dated) == words


@pytest.fixture
def promises(clerk: User, board: BoardPage) -> None:
    """One of each outcome, one without a date, one whose date moved."""
    building.make_action(board, clerk, "Late", first_due_on=date(2026, 11, 1))
    building.make_action(board, clerk, "Open", first_due_on=date(2026, 11, 22))
    building.make_action(board, clerk, "No date")
    for name, status in (("Kept", ActionStatus.COMPLETED), ("Closed", ActionStatus.CLOSED)):
        action = building.make_action(board, clerk, name, first_due_on=date(2026, 3, 31))
        building.make_update(action, clerk, date(2026, 3, 30), status=ActionStatus.UNDER_WAY)
        building.make_update(
            action, clerk, date(2026, 4, 1), status=status, reason="It was done." if name == "Kept" else "Snow."
        )
    moved = building.make_action(board, clerk, "Moved", first_due_on=date(2026, 3, 31))
    words: dict[str, Any] = {"date_reason": "Snow.", "date_agreed_by": "the chair"}
    building.make_update(moved, clerk, date(2026, 3, 30), new_due_on=date(2027, 3, 31), **words)


@pytest.mark.django_db
def test_a_promise_stands_in_the_quarter_of_its_first_date(promises: None) -> None:
    figures = by_quarter_of_view(listing({}, TODAY))
    assert list(figures.columns) == ["kept", "late", "open", "ended"]
    assert [(label, numbers) for label, _query, numbers, _total in figures.table] == [
        ("January to March 2026", (1, 0, 1, 1)),
        ("October to December 2026", (0, 1, 1, 0)),
    ]
    assert figures.finding == "1 of 5 promises with a date is late, and 1 is kept."
    assert "1 promise has no date and is not drawn." in figures.note


@pytest.mark.django_db
def test_the_drawings_are_of_the_view(promises: None) -> None:
    view = listing({"status": "completed"}, TODAY)
    assert [(label, numbers) for label, _query, numbers, _total in standing_now(view).table] == [("Completed", (1,))]
    assert by_quarter_of_view(view).finding == "Of the one promise with a date, 0 is late and 1 is kept."
    everything = standing_now(listing({}, TODAY))
    assert sum(total for _label, _query, _numbers, total in everything.table) == 6
    assert everything.finding.startswith("6 promises: ")


@pytest.mark.django_db
def test_each_drawing_has_a_name_and_its_figures_beneath(promises: None, client: Client) -> None:
    text = client.get("/progress/").content.decode()
    drawings = re.findall(r'<svg[^>]*role="img" aria-labelledby="([^"]+)"', text)
    assert drawings == ["standing-finding", "quarters-finding"]
    for name in drawings:
        assert re.search(rf'<title id="{name}">[^<]+\.</title>', text)
    assert text.count('<table class="chart__table">') == 2
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert all(f'id="{name}"' in text for name in re.findall(r"url\(#([^)]+)\)", text))


@pytest.mark.django_db
def test_an_empty_view_says_that_there_is_nothing_to_draw(promises: None, client: Client) -> None:
    text = client.get("/progress/?status=handed_on").content.decode()
    assert "nothing to draw" in text
    assert "<svg" not in text.partition("<main")[2]
