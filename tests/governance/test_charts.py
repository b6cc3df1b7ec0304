"""Numbers become bars that add up and never leave the drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.charts import BAR, LETTERS, LINE, ROW, rows_of_bars

SERIES = ["kept", "late", "open"]


def test_the_longest_row_fills_the_drawing_and_the_others_are_to_scale() -> None:
    chart = rows_of_bars([("First", {"kept": 2, "open": 2}), ("Second", {"late": 1})], SERIES)
    first, second = chart.rows
    assert [(bar.series, bar.x, bar.width) for bar in first.bars] == [("kept", 0, 50), ("open", 50, 50)]
    assert [(bar.series, bar.x, bar.width) for bar in second.bars] == [("late", 0, 25)]
    assert (first.total, second.total) == (4, 1)


def test_only_what_is_there_is_in_the_key() -> None:
    assert rows_of_bars([("First", {"open": 1, "late": 0})], SERIES).series == ("open",)


def test_words_are_large_enough_and_touch_no_bar() -> None:
    assert LETTERS >= 12
    assert LINE > LETTERS
    assert LINE + BAR < ROW
    chart = rows_of_bars([("First", {"open": 1}), ("Second", {"open": 1})], SERIES)
    assert chart.rows[1].words_y - LETTERS >= chart.rows[0].bar_y + BAR
    assert chart.height == 2 * ROW


def test_nothing_is_drawn_of_nothing() -> None:
    assert rows_of_bars([], SERIES).rows == ()
    assert rows_of_bars([("First", {})], SERIES).rows[0].bars == ()
    assert rows_of_bars([("First", {})], SERIES).series == ()


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter than nothing"):
        rows_of_bars([("First", {"late": -1})], SERIES)


@given(some.lists(some.dictionaries(some.sampled_from(SERIES), some.integers(0, 100_000)), max_size=12))
def test_bars_stand_end_to_end_within_the_drawing(figures: list[dict[str, int]]) -> None:
    for row in rows_of_bars([("Row", numbers) for numbers in figures], SERIES).rows:
        end = 0.0
        for bar in row.bars:
            assert bar.x == pytest.approx(end, abs=0.02)
            end = bar.x + bar.width
        assert end <= 100.02
        assert sum(bar.number for bar in row.bars) == row.total
