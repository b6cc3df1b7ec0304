"""Page numbers: none twice, always in order, and what is on paper keeps its number whatever comes later."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.packs.numbering import Run, between, in_ranges, number_runs, place_of, words_of


def numbered(*runs: tuple[str, int], base: Sequence[Run] = ()) -> tuple[Run, ...]:
    return number_runs([Run(key, pages) for key, pages in runs], base)


def labels(runs: Sequence[Run]) -> dict[str, str]:
    return {run.key: " ".join(run.labels) for run in runs}


FIRST = numbered(("cover", 2), ("agenda", 1), ("item-1", 3), ("item-2", 2))


def test_a_first_issue_counts_from_one() -> None:
    assert labels(FIRST) == {"cover": "1 2", "agenda": "3", "item-1": "4 5 6", "item-2": "7 8"}


def test_a_late_paper_gets_letters_after_the_page_it_follows() -> None:
    late = numbered(("cover", 2), ("agenda", 1), ("item-1", 3), ("late", 2), ("item-2", 2), base=FIRST)
    assert labels(late) == labels(FIRST) | {"late": "6A 6B"}


def test_a_section_that_grew_gets_letters_and_the_next_paper_follows_them() -> None:
    grown = numbered(("cover", 2), ("agenda", 1), ("item-1", 4), ("late", 1), ("item-2", 2), base=FIRST)
    assert labels(grown)["item-1"] == "4 5 6 6A"
    assert labels(grown)["late"] == "6B"


def test_a_section_that_shrank_leaves_numbers_that_nobody_gets() -> None:
    shrunk = numbered(("cover", 2), ("agenda", 1), ("item-1", 1), ("item-2", 2), base=FIRST)
    assert labels(shrunk)["item-1"] == "4"
    assert shrunk[2].unused == ("5", "6")
    again = numbered(("cover", 2), ("agenda", 1), ("item-1", 3), ("item-2", 2), base=shrunk)
    assert labels(again)["item-1"] == "4 6A 6B"


def test_what_was_taken_out_leaves_its_numbers_too() -> None:
    without = numbered(("cover", 2), ("agenda", 1), ("item-2", 2), base=FIRST)
    assert labels(without) == {"cover": "1 2", "agenda": "3", "item-2": "7 8"}
    assert without[1].unused == ("4", "5", "6")
    assert labels(numbered(("cover", 2), ("agenda", 1), ("new", 1), ("item-2", 2), base=without))["new"] == "6A"


def test_what_is_put_between_a_page_and_its_letters_gets_points() -> None:
    late = numbered(("cover", 2), ("agenda", 1), ("item-1", 3), ("late", 2), ("item-2", 2), base=FIRST)
    grown = numbered(("cover", 2), ("agenda", 1), ("item-1", 5), ("late", 2), ("item-2", 2), base=late)
    assert labels(grown)["item-1"] == "4 5 6 6.1 6.2"
    assert labels(grown)["late"] == "6A 6B"


def test_pages_at_the_end_are_counted_on() -> None:
    assert (
        labels(numbered(("cover", 2), ("agenda", 1), ("item-1", 3), ("item-2", 2), ("more", 2), base=FIRST))["more"] == "9 10"
    )


def test_a_section_that_moved_is_numbered_where_it_stands_now() -> None:
    moved = numbered(("cover", 2), ("agenda", 1), ("item-2", 2), ("item-1", 3), base=FIRST)
    assert sorted(label for run in moved for label in run.labels) != sorted(label for run in FIRST for label in run.labels)
    assert_sound(moved)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        ("12", "13", ["12A", "12B"]),
        ("12A", "13", ["12B", "12C"]),
        ("12Z", "13", ["12AA", "12AB"]),
        ("12", "12A", ["12.1", "12.2"]),
        ("12.1", "12A", ["12.2", "12.3"]),
        ("12A", "12B", ["12A.1", "12A.2"]),
        ("12.1", "12.2", ["12.1A", "12.1B"]),
        ("12", "12.1", ["12.0A", "12.0B"]),
        ("0", "1", ["0A", "0B"]),
        ("12", None, ["13", "14"]),
    ],
)
def test_there_is_always_a_number_between_two(after: str, before: str | None, expected: list[str]) -> None:
    assert list(between(after, before, 2)) == expected


def test_numbers_that_are_out_of_order_are_refused() -> None:
    for wrong in ("", "A", "12a", "12.", "1 2"):
        with pytest.raises(ValueError, match="no page number"):
            place_of(wrong)


def test_numbers_are_said_in_ranges() -> None:
    assert in_ranges(["8", "9", "10", "12A", "12B", "14"]) == "8–10, 12A–12B, 14"
    assert in_ranges([]) == ""


def assert_sound(runs: Sequence[Run]) -> None:
    places = [place_of(label) for run in runs for label in run.labels]
    assert all(earlier < later for earlier, later in pairwise(places))
    assert [len(run.labels) for run in runs] == [run.pages for run in runs]


KEYS = st.lists(st.sampled_from("abcdefghij"), unique=True, min_size=1, max_size=10)
VERSIONS = st.lists(KEYS.flatmap(lambda keys: st.tuples(st.just(keys), st.lists(st.integers(1, 60), min_size=10, max_size=10))))


@given(VERSIONS)
def test_over_any_history_no_number_is_given_twice_and_none_moves(versions: list[tuple[list[str], list[int]]]) -> None:
    base: tuple[Run, ...] = ()
    owners: dict[str, tuple[str, int]] = {}
    retired: set[str] = set()
    for keys, sizes in versions:
        runs = number_runs([Run(key, size) for key, size in zip(keys, sizes, strict=False)], base)
        assert_sound(runs)
        assert [run.key for run in runs] == keys
        given_now = {label: (run.key, page) for run in runs for page, label in enumerate(run.labels)}
        assert not retired & given_now.keys()
        for label, owner in given_now.items():
            assert owners.setdefault(label, owner) == owner
        retired |= owners.keys() - given_now.keys()
        assert retired == {label for run in runs for label in run.unused}
        base = runs


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.lists(st.integers(1, 40), min_size=1, max_size=6), st.data())
def test_a_supplement_leaves_every_earlier_number_where_it_was(pages: list[int], late: list[int], data: st.DataObject) -> None:
    runs = [Run(f"s{number}", count) for number, count in enumerate(pages)]
    base = number_runs(runs)
    with_late = list(runs)
    for number, count in enumerate(late):
        with_late.insert(data.draw(st.integers(1, len(with_late))), Run(f"late{number}", count))
    after = number_runs(with_late, base)
    assert_sound(after)
    assert {run.key: run.labels for run in base}.items() <= {run.key: run.labels for run in after}.items()


@given(st.integers(1, 5000), st.integers(1, 900), st.integers(0, 900), st.integers(1, 900))
def test_a_number_is_read_as_it_is_printed(whole: int, letter: int, point: int, again: int) -> None:
    place = (whole, (1, letter), (0, point), (1, again))
    assert place_of(words_of(place)) == place
