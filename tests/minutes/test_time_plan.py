"""Start times of items from the minutes planned."""

from datetime import timedelta

from minutes.time_plan import time_plan
from tests.building import london


def clock(starts: str, minutes: list[int | None]) -> list[str]:
    """The times as a clock shows them, with “about” where an item before has no minutes."""
    hour, minute = map(int, starts.split(":"))
    plan = time_plan(london(2026, 10, 25, hour, minute), minutes)
    return [f"{'' if row.is_certain else 'about '}{row.starts_at:%H:%M}" for row in plan.items]


def test_each_item_starts_when_those_before_it_have_had_their_time() -> None:
    assert clock("14:00", [5, 10, 20]) == ["14:00", "14:05", "14:15"]


def test_after_an_item_without_minutes_times_are_the_earliest() -> None:
    assert clock("14:00", [5, None, 20, 5]) == ["14:00", "14:05", "about 14:05", "about 14:25"]


def test_across_the_change_of_the_clocks_and_midnight() -> None:
    assert clock("00:30", [60, 30]) == ["00:30", "01:30"]
    assert clock("00:30", [90, 30]) == ["00:30", "01:00"]
    assert clock("23:50", [20, 5]) == ["23:50", "00:10"]


def test_the_end_of_the_plan_and_of_the_meeting() -> None:
    starts, ends = london(2026, 10, 8, 14), london(2026, 10, 8, 15)
    plan = time_plan(starts, [50, 20, None], ends)
    assert (plan.ends_at, plan.over, plan.unplanned) == (london(2026, 10, 8, 15, 10), timedelta(minutes=10), 1)
    assert time_plan(starts, [60], ends).over is None
    assert time_plan(starts, []).ends_at == starts
