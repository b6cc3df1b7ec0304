"""Where an action stands, by its published updates alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.progress import DateMove, News, Standing, in_force, is_late, news_is_late, standing, status_before

START = date(2026, 9, 1)
DUE = date(2026, 12, 1)


def news(key: int, day: int, status: str = ActionStatus.UNDER_WAY, **fields: Any) -> News:
    """News of that many days after the start."""
    fields.setdefault("confidence", Confidence.ON_TRACK)
    return News(key=key, date=START + timedelta(days=day), status=status, **fields)


def stands(*updates: News, due: date | None = DUE, agreed: bool = True, since: date | None = START, weeks: int = 8) -> Standing:
    """Where an action with these updates stands."""
    return standing(updates, first_due_on=due, agreed=agreed, since=since, news_every_weeks=weeks)


MAYBE_DAY = some.none() | some.dates(date(2026, 9, 1), date(2027, 9, 1))
ONE_UPDATE = some.builds(
    News,
    key=some.integers(1, 20),
    date=some.dates(date(2026, 9, 1), date(2027, 3, 1)),
    status=some.sampled_from(ActionStatus.values),
    confidence=some.sampled_from(Confidence.values),
    new_due_on=MAYBE_DAY,
    next_news_on=MAYBE_DAY,
    corrects=some.none() | some.integers(1, 20),
)
UPDATES = some.lists(ONE_UPDATE, max_size=8, unique_by=lambda update: update.key)


@pytest.mark.parametrize(("agreed", "status"), [(True, ActionStatus.AGREED), (False, ActionStatus.PROPOSED)])
def test_without_news_it_stands_where_its_resolution_put_it(agreed: bool, status: ActionStatus) -> None:
    assert stands(agreed=agreed) == Standing(status, "", DUE, None, START + timedelta(weeks=8))


def test_before_it_is_public_no_news_is_due() -> None:
    assert stands(since=None).next_news_on is None


def test_the_latest_news_says_where_it_stands() -> None:
    result = stands(news(1, 10), news(2, 30, ActionStatus.PAUSED, confidence=Confidence.AT_RISK))
    assert (result.status, result.confidence) == (ActionStatus.PAUSED, Confidence.AT_RISK)
    assert result.last_news_on == START + timedelta(days=30)


def test_late_news_of_an_earlier_day_does_not_overtake() -> None:
    published_later = news(9, 5, ActionStatus.PAUSED)
    assert stands(news(1, 20), published_later).status == ActionStatus.UNDER_WAY


def test_of_two_on_one_day_the_later_written_counts() -> None:
    assert stands(news(2, 10, ActionStatus.PAUSED), news(1, 10)).status == ActionStatus.PAUSED


def test_what_is_corrected_does_not_count() -> None:
    wrong = news(1, 20, ActionStatus.COMPLETED)
    right = news(2, 15, ActionStatus.UNDER_WAY, corrects=1)
    assert stands(wrong, right).status == ActionStatus.UNDER_WAY
    assert in_force([wrong, right]) == [right]


def test_a_correction_of_a_correction_leaves_the_last_word() -> None:
    first, second, third = news(1, 10), news(2, 11, corrects=1), news(3, 12, ActionStatus.PAUSED, corrects=2)
    assert in_force([first, second, third]) == [third]


def test_news_that_names_itself_still_counts() -> None:
    assert stands(news(1, 10, ActionStatus.PAUSED, corrects=1)).status == ActionStatus.PAUSED


def test_a_correction_of_something_else_takes_nothing_away() -> None:
    assert stands(news(1, 10), news(2, 5, corrects=77)).last_news_on == START + timedelta(days=10)


def test_every_move_of_the_date_is_kept_in_order() -> None:
    first = news(1, 10, new_due_on=date(2027, 1, 1), date_reason="More people came.", date_agreed_by="The Board")
    second = news(2, 20, new_due_on=date(2027, 2, 1), date_reason="Snow.", date_agreed_by="The Chair")
    result = stands(second, first)
    assert result.due_on == date(2027, 2, 1)
    assert result.moves == (
        DateMove(first.date, DUE, date(2027, 1, 1), "More people came.", "The Board"),
        DateMove(second.date, date(2027, 1, 1), date(2027, 2, 1), "Snow.", "The Chair"),
    )


def test_repeating_the_date_moves_nothing() -> None:
    assert stands(news(1, 10, new_due_on=DUE), news(2, 20)).moves == ()


def test_a_first_date_given_by_news_is_a_move_from_none() -> None:
    result = stands(news(1, 10, new_due_on=DUE), due=None)
    assert [(move.before, move.after) for move in result.moves] == [(None, DUE)]


def test_a_corrected_move_never_happened() -> None:
    result = stands(news(1, 10, new_due_on=date(2027, 1, 1)), news(2, 11, corrects=1))
    assert (result.due_on, result.moves) == (DUE, ())


@pytest.mark.parametrize("status", sorted(CLOSED_STATUSES))
def test_what_is_closed_owes_no_more_news(status: ActionStatus) -> None:
    result = stands(news(1, 10, status, next_news_on=date(2027, 1, 1)))
    assert (result.next_news_on, result.confidence) == (None, "")


def test_what_is_taken_up_again_owes_news_again() -> None:
    result = stands(news(1, 10, ActionStatus.COMPLETED), news(2, 40), weeks=2)
    assert (result.status, result.next_news_on) == (ActionStatus.UNDER_WAY, START + timedelta(days=54))


def test_the_next_news_is_due_on_the_day_said_else_after_the_usual_weeks() -> None:
    assert stands(news(1, 7), weeks=4).next_news_on == START + timedelta(days=35)
    assert stands(news(1, 7, next_news_on=date(2026, 10, 1)), weeks=4).next_news_on == date(2026, 10, 1)


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 30), False), (DUE, False), (date(2026, 12, 2), True)])
def test_it_is_late_from_the_day_after_its_date(day: date, late: bool) -> None:
    assert is_late(DUE, ActionStatus.UNDER_WAY, day) is late
    assert news_is_late(DUE, ActionStatus.UNDER_WAY, day) is late


@pytest.mark.parametrize("status", ActionStatus)
def test_what_is_closed_or_has_no_date_is_never_late(status: ActionStatus) -> None:
    far = date(2030, 1, 1)
    assert is_late(DUE, status, far) is (status not in CLOSED_STATUSES)
    assert news_is_late(DUE, status, far) is (status not in CLOSED_STATUSES)
    assert not is_late(None, status, far)
    assert not news_is_late(None, status, far)


@given(UPDATES.flatmap(lambda updates: some.tuples(some.just(updates), some.permutations(updates))))
def test_the_order_in_which_updates_come_says_nothing(orders: tuple[list[News], list[News]]) -> None:
    assert stands(*orders[0]) == stands(*orders[1])


@given(UPDATES)
def test_a_standing_is_that_of_an_update_in_force(updates: list[News]) -> None:
    result = stands(*updates)
    counted = in_force(updates)
    if counted:
        assert (result.status, result.last_news_on) in {(update.status, update.date) for update in counted}
        assert result.last_news_on == max(update.date for update in counted)
    else:
        assert result == stands()
    assert result.due_on == (result.moves[-1].after if result.moves else DUE)
    assert all(move.before != move.after for move in result.moves)


@given(UPDATES)
def test_where_it_stood_before_news_after_all_others_is_where_it_stands(updates: list[News]) -> None:
    asked = {"date": date(2028, 1, 1), "key": None, "corrects": None}
    assert status_before(updates, agreed=True, **asked) == stands(*updates).status  # type: ignore[arg-type]


def test_where_it_stood_before_news_leaves_out_later_news_itself_and_what_it_corrects() -> None:
    updates = [news(1, 10, ActionStatus.PAUSED), news(2, 20, ActionStatus.COMPLETED), news(3, 30)]

    def before(day: int, key: int | None, corrects: int | None = None) -> str:
        return status_before(updates, date=START + timedelta(days=day), key=key, corrects=corrects, agreed=False)

    assert before(5, None) == ActionStatus.PROPOSED
    assert before(20, 2) == ActionStatus.PAUSED
    assert before(20, None) == ActionStatus.COMPLETED
    assert before(25, None, corrects=2) == ActionStatus.PAUSED
    assert before(30, 3) == ActionStatus.COMPLETED
