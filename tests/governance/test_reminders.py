"""Who is reminded of what, and when: before it is due, on the day, and once after."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from governance.reminders import MOMENTS, Due, moment_of, plan, unreachable

DUE = Due("request:1", "news", date(2026, 11, 22), since=date(2026, 10, 1), who="Beckside Homes", email="a@example.org")


def test_each_moment_is_told_by_its_day() -> None:
    told = {offset: moment_of(DUE, DUE.due_on + timedelta(days=offset)) for offset in range(-9, 16)}
    assert {offset for offset, moment in told.items() if moment == "before"} == set(range(-7, 0))
    assert {offset for offset, moment in told.items() if moment == "on"} == set(range(7))
    assert {offset for offset, moment in told.items() if moment == "after"} == set(range(7, 14))
    assert {told[-9], told[-8], told[14], told[15]} == {""}


def test_nobody_is_reminded_of_what_they_were_asked_for_that_day_or_later() -> None:
    late = Due("request:2", "news", date(2026, 11, 22), since=date(2026, 11, 15), who="x", email="a@example.org")
    assert moment_of(late, date(2026, 11, 15)) == ""
    assert moment_of(late, date(2026, 11, 22)) == "on"


@given(st.lists(st.integers(0, 20), max_size=30))
def test_however_often_the_worker_looks_each_reminder_is_sent_once(steps: list[int]) -> None:
    today = DUE.due_on - timedelta(days=10)
    sent: list[str] = []
    for step in steps:
        today += timedelta(days=step)
        found = plan([DUE], today=today, sent=sent)
        assert len(found) <= 1
        sent += [reminder.key for reminder in found]
    assert len(sent) == len(set(sent)) <= len(MOMENTS)


def test_a_date_that_moved_has_reminders_of_its_own() -> None:
    [first] = plan([DUE], today=DUE.due_on, sent=())
    moved = Due(**{**vars(DUE), "due_on": date(2026, 12, 22)})
    [second] = plan([moved], today=date(2026, 12, 22), sent=[first.key])
    assert first.key == "reminder:request:1:2026-11-22:on"
    assert second.key != first.key


def test_who_has_no_address_is_listed_once_it_is_nearly_due_and_gets_nothing() -> None:
    nobody = Due("news:1", "news", date(2026, 11, 22), since=date(2026, 10, 1), who="Nobody")
    assert plan([nobody], today=nobody.due_on, sent=()) == []
    assert unreachable([nobody, DUE], today=date(2026, 11, 15)) == [nobody]
    assert unreachable([nobody], today=date(2026, 11, 14)) == []
