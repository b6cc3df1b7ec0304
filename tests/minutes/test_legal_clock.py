"""What is due when: by the board's rule book, with the working, and never more than a warning."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.enums import DayCounting, Nation
from minutes.deadlines import Counting
from minutes.enums import MeetingKind
from minutes.legal_clock import (
    Dated,
    Duty,
    MeetingFacts,
    RuleBook,
    clock,
    next_suitable,
    notice_given,
    publish_by,
    takes_effect,
    warnings,
    years_after,
)

ENGLAND = RuleBook(5, Counting(DayCounting.WORKING_DAYS, Nation.ENGLAND))
WALES = RuleBook(3, Counting(DayCounting.WORKING_DAYS, Nation.WALES))
CABINET = replace(ENGLAND, is_executive=True)
MEETING = MeetingFacts(day=date(2026, 12, 17))


def duty(name: str, book: RuleBook, facts: MeetingFacts) -> Duty:
    """The first duty of a name."""
    return next(each for each in clock(book, facts) if each.name == name)


def names(book: RuleBook, facts: MeetingFacts) -> set[str]:
    """Which sorts of duties there are."""
    return {each.name for each in clock(book, facts)}


def test_notice_and_agenda_are_due_five_clear_working_days_before() -> None:
    for name in ("notice", "agenda"):
        due = duty(name, ENGLAND, MEETING)
        assert due.due_on == date(2026, 12, 9)
        assert "5 days of clear notice, working days" in due.rule
        assert [day.number for day in due.days] == [1, 2, 0, 0, 3, 4, 5]
        assert [day.why_not for day in due.days if not day.number] == ["Saturday", "Sunday"]


@pytest.mark.parametrize(
    ("counting", "by"),
    [
        (DayCounting.WORKING_DAYS, date(2026, 12, 24)),
        (DayCounting.NOT_SUNDAYS, date(2026, 12, 29)),
        (DayCounting.CALENDAR, date(2026, 12, 31)),
    ],
)
def test_publish_by_follows_the_boards_way_of_counting(counting: str, by: date) -> None:
    assert publish_by(RuleBook(5, Counting(counting, Nation.ENGLAND)), date(2027, 1, 6)) == by


def test_notice_is_short_by_the_boards_own_rule_only() -> None:
    published, meeting = date(2026, 12, 11), date(2026, 12, 17)
    given_ = notice_given(ENGLAND, published, meeting)
    assert (given_.number, given_.needed, given_.is_short) == (3, 5, True)
    calendar = notice_given(RuleBook(5, Counting(DayCounting.CALENDAR, Nation.ENGLAND)), published, meeting)
    assert (calendar.number, calendar.is_short) == (5, False)


def test_a_date_with_no_lawful_day_left_is_said_and_nothing_is_refused() -> None:
    said = warnings(ENGLAND, MEETING, date(2026, 12, 10))
    assert len(said) == 2
    assert said[0].startswith("There is no day left on which the notice could go out with 5 days of clear notice.")
    assert "can still be held at short notice" in said[1]
    assert warnings(ENGLAND, MEETING, date(2026, 12, 9)) == []
    assert warnings(ENGLAND, MEETING, date(2026, 12, 18)) == []
    published = replace(MEETING, notice_on=date(2026, 12, 15), agenda_on=date(2026, 12, 15))
    assert warnings(ENGLAND, published, date(2026, 12, 16)) == []
    assert duty("agenda", ENGLAND, published).is_late(date(2026, 12, 16))


def test_an_urgent_item_needs_its_reason_before_the_minutes() -> None:
    facts = replace(MEETING, unexplained=("Flooding",), notice_on=date(2026, 12, 1), agenda_on=date(2026, 12, 1))
    assert duty("urgency", ENGLAND, facts).what == "Flooding"
    assert "urgent without a reason" in warnings(ENGLAND, facts, date(2026, 12, 18))[0]


def test_key_decisions_and_call_in_are_for_executive_boards_only() -> None:
    facts = replace(MEETING, key_decisions=(Dated("New library", date(2026, 11, 19)),), decided_on=date(2026, 12, 18))
    assert not {"key decision", "call-in", "effect"} & names(ENGLAND, facts)
    assert {"key decision", "call-in", "effect"} <= names(CABINET, facts)
    assert duty("key decision", CABINET, facts).due_on == date(2026, 11, 18)
    assert duty("key decision", CABINET, facts).is_late(date(2026, 12, 1))
    assert "New library" in warnings(CABINET, facts, date(2027, 1, 1))[0]
    assert warnings(ENGLAND, facts, date(2027, 1, 1)) == []
    in_time = replace(facts, key_decisions=(Dated("New library", date(2026, 11, 18)),))
    assert warnings(CABINET, in_time, date(2027, 1, 1)) == []


def test_call_in_ends_after_five_working_days_and_decisions_take_effect_the_day_after() -> None:
    """Decided on Thursday 5 December 2019, published on the Friday, in effect on Saturday 14 December."""
    assert takes_effect(CABINET, date(2019, 12, 6)) == date(2019, 12, 14)
    facts = replace(MEETING, decided_on=date(2026, 12, 18))
    assert duty("call-in", CABINET, facts).due_on == date(2026, 12, 29)
    assert duty("effect", CABINET, facts).due_on == date(2026, 12, 30)
    assert [day.day.day for day in duty("call-in", CABINET, facts).days if day.number] == [21, 22, 23, 24, 29]
    assert "call-in" not in names(CABINET, MEETING)


def test_a_decision_note_is_due_in_wales_within_seven_working_days_the_day_of_the_meeting_being_the_first() -> None:
    due = duty("decision note", WALES, MEETING)
    assert due.due_on == date(2026, 12, 29)
    assert due.days[0].day == MEETING.day
    assert [day.number for day in due.days if day.number] == [1, 2, 3, 4, 5, 6, 7]
    assert "decision note" not in names(ENGLAND, MEETING)


def test_draft_minutes_have_the_boards_target_and_none_without_one() -> None:
    assert duty("draft minutes", ENGLAND, MEETING).due_on == date(2027, 1, 5)
    assert "draft minutes" not in names(replace(ENGLAND, draft_minutes_days=0), MEETING)


def test_minutes_are_confirmed_at_the_next_suitable_meeting() -> None:
    later = (
        (date(2026, 12, 21), MeetingKind.EXTRAORDINARY),
        (date(2027, 1, 6), MeetingKind.WORKSHOP),
        (date(2027, 1, 21), MeetingKind.ORDINARY),
        (date(2027, 3, 31), MeetingKind.ORDINARY),
    )
    assert next_suitable(replace(MEETING, later=later)) == date(2027, 1, 21)
    assert next_suitable(replace(MEETING, later=later[:2])) is None
    assert clock(ENGLAND, replace(MEETING, later=later[:2]))[-1].due_on is None


def test_what_is_owed_has_its_own_dates() -> None:
    facts = replace(
        MEETING,
        exempt=(Dated("Lease", date(2027, 6, 1)), Dated("Staffing")),
        report_backs=(Dated("Ashmere Council", date(2027, 1, 8)),),
        news=(Dated("Home care", date(2027, 2, 1)),),
        reviews=(Dated("Libraries", date(2027, 3, 1)),),
        supplements=(Dated("Supplement 1", date(2026, 12, 14)),),
    )
    due = {each.what: each.due_on for each in clock(ENGLAND, facts)}
    assert due["Lease"] == date(2027, 6, 1)
    assert due["Staffing"] is None
    assert due["Ashmere Council"] == date(2027, 1, 8)
    assert due["Home care"] == date(2027, 2, 1)
    assert due["Libraries"] == date(2027, 3, 1)
    assert duty("supplement", ENGLAND, facts).done_on == date(2026, 12, 14)


def test_records_are_public_for_six_years_and_background_papers_for_four() -> None:
    kept = [each.due_on for each in clock(ENGLAND, replace(MEETING, day=date(2028, 2, 29))) if each.name == "kept"]
    assert kept == [date(2032, 2, 29), date(2034, 3, 1), None]
    assert years_after(date(2026, 12, 17), 6) == date(2032, 12, 17)


def test_a_meeting_on_29_february_has_its_publish_by() -> None:
    assert publish_by(ENGLAND, date(2028, 2, 29)) == date(2028, 2, 21)


@given(
    some.dates(date(2000, 1, 1), date(2090, 1, 1)),
    some.integers(0, 30),
    some.sampled_from(DayCounting),
    some.sampled_from(Nation),
)
def test_published_on_its_day_no_board_is_short_of_notice(day: date, days: int, counting: str, nation: str) -> None:
    book = RuleBook(days, Counting(counting, nation))
    by = publish_by(book, day)
    assert not notice_given(book, by, day).is_short
    assert all(notice_given(book, by - timedelta(days=more), day).number >= days for more in range(5))
