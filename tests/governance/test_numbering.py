"""References and the years they stand in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.numbering import board_year, reference_slug, with_suffix

DAYS = some.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("reference", "slug"),
    [
        ("HWB", "hwb"),
        ("HWB/2026-10-08", "hwb-2026-10-08"),
        ("HWB/2026-10-08-2", "hwb-2026-10-08-2"),
        ("HWB/2026-10-08/I7", "hwb-2026-10-08-i7"),
        ("HWB/2026-27/38(1)", "hwb-2026-27-m38-1"),
        ("HWB/2026/10(11)", "hwb-2026-m10-11"),
        ("HWB/2010-11/12", "hwb-2010-11-m12"),
        ("HWB-S1/W2", "hwb-s1-w2"),
        ("HWB-A12/U3", "hwb-a12-u3"),
        ("HWB/2026-10-08/AGENDA/v2", "hwb-2026-10-08-agenda-v2"),
    ],
)
def test_a_reference_is_written_in_an_address_with_hyphens(reference: str, slug: str) -> None:
    assert reference_slug(reference) == slug


@given(DAYS, some.sampled_from([1, 5]), some.integers(1, 400), some.integers(1, 40))
def test_a_minute_and_a_meeting_never_share_an_address(day: date, first_month: int, number: int, clause: int) -> None:
    minute = f"HWB/{board_year(day, first_month)}/{number}"
    other = {reference_slug(minute), reference_slug(f"{minute}({clause})")}
    years = {day.year - 1, day.year, day.year + 1}
    meetings = {f"hwb-{year}-{month:02d}-{the_day:02d}" for year in years for month in range(1, 13) for the_day in range(1, 32)}
    assert len(other) == 2
    assert not other & meetings


@given(some.text(max_size=40))
def test_an_address_made_twice_is_the_same(text: str) -> None:
    slug = reference_slug(text)
    assert reference_slug(slug) == slug
    assert not slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("day", "first_month", "year"),
    [
        (date(2026, 10, 8), 5, "2026-27"),
        (date(2027, 4, 30), 5, "2026-27"),
        (date(2027, 5, 1), 5, "2027-28"),
        (date(2026, 4, 1), 4, "2026-27"),
        (date(2026, 3, 31), 4, "2025-26"),
        (date(2026, 12, 31), 1, "2026"),
        (date(1999, 9, 1), 5, "1999-00"),
        (date(2026, 12, 1), 12, "2026-27"),
    ],
)
def test_the_year_is_the_boards_own(day: date, first_month: int, year: str) -> None:
    assert board_year(day, first_month) == year


@given(DAYS, some.integers(1, 12))
def test_a_board_year_has_twelve_months_from_its_first(day: date, first_month: int) -> None:
    start = date(day.year if day.month >= first_month else day.year - 1, first_month, 1)
    end = start.replace(year=start.year + 1) - timedelta(days=1)
    assert board_year(day, first_month) == board_year(start, first_month) == board_year(end, first_month)
    assert board_year(end + timedelta(days=1), first_month) != board_year(day, first_month)


def test_only_the_second_of_its_kind_is_told_apart() -> None:
    assert with_suffix("HWB/2026-10-08", 1) == "HWB/2026-10-08"
    assert with_suffix("HWB/2026-10-08", 2) == "HWB/2026-10-08-2"
