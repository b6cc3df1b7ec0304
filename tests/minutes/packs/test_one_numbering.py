"""Agenda, supplements and the pack with everything give a page one number, in whatever order they are made and grow."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.packs.layout import base_runs
from minutes.packs.numbering import Run, place_of
from minutes.packs.one_numbering import joined, numbered


def rows(*sections: tuple[str, str]) -> list[dict[str, Any]]:
    """A layout: of each section its key and its numbers."""
    return [{"key": key, "title": key, "level": 1, "digest": key, "labels": labels.split()} for key, labels in sections]


AGENDA = rows(("item-1", "1 2"), ("item-2", "3 4"))
WITH_LATE = rows(("item-1", "1 2"), ("paper-late", "2A 2B"), ("item-2", "3 4"))


def test_of_each_section_the_numbers_given_last_count_and_none_is_forgotten() -> None:
    grown = rows(("item-1", "1 2 2.1"), ("item-2", "3"))
    grown[1]["unused"] = ["4"]
    found = joined([grown, WITH_LATE, AGENDA])
    assert [(row["key"], row["labels"]) for row in found] == [
        ("item-1", ["1", "2", "2.1"]),
        ("paper-late", ["2A", "2B"]),
        ("item-2", ["3"]),
    ]
    assert found[2]["unused"] == ["4"]
    assert joined([rows(("supplement-1", "i ii"), ("paper-late", "2A 2B"))])[0]["key"] == "paper-late"
    assert joined([]) == ()


def test_an_item_that_grows_gets_the_same_numbers_with_and_without_what_came_late() -> None:
    base = base_runs(joined([WITH_LATE, AGENDA]))
    alone = numbered([Run("item-1", 3), Run("item-2", 2)], base, own=["item-1", "item-2"])
    whole = numbered([Run("item-1", 3), Run("paper-late", 2), Run("item-2", 2)], base, own=["item-1", "paper-late", "item-2"])
    assert alone[0].labels == whole[0].labels == ("1", "2", "2.1")
    assert [run.labels for run in whole[1:]] == [("2A", "2B"), ("3", "4")]
    assert [run.unused for run in alone] == [(), ()]


def test_what_goes_leaves_its_numbers_unused_where_it_was_and_only_there() -> None:
    base = base_runs(joined([WITH_LATE, AGENDA]))
    alone = numbered([Run("item-1", 2)], base, own=["item-1", "item-2"])
    assert (alone[0].labels, alone[0].unused) == (("1", "2"), ("3", "4"))
    # The same before the first section that is left.
    front = base_runs(joined([rows(("paper-late", "1"), ("item-2", "2"))]))
    assert numbered([Run("item-2", 1)], front, own=["item-2"])[0].unused == ()


Step = tuple[str, dict[str, int]]
KEYS = ["a", "b", "c", "d"]
steps = st.lists(
    st.tuples(
        st.sampled_from(["agenda", "whole"]), st.fixed_dictionaries({}, optional={key: st.integers(1, 3) for key in KEYS})
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(steps)
def test_over_any_history_two_packs_never_give_one_number_to_two_pages(history: list[Step]) -> None:
    """“b” and “d” came late: only the whole pack prints them."""
    latest: dict[str, list[dict[str, Any]]] = {}
    order: list[str] = []
    means: dict[str, tuple[str, int]] = {}
    for kind, pages in history:
        printed = [key for key in KEYS if key in pages and (kind == "whole" or key in "ac")]
        if not printed:
            continue
        own = latest.get(kind, [])
        base = base_runs(joined([latest[one] for one in reversed(order)]))
        found = numbered([Run(key, pages[key]) for key in printed], base, [row["key"] for row in own])
        places = [place_of(label) for run in found for label in run.labels]
        assert places == sorted(set(places))
        assert [len(run.labels) for run in found] == [pages[key] for key in printed]
        for run in found:
            for number, label in enumerate(run.labels):
                assert means.setdefault(label, (run.key, number)) == (run.key, number)
        latest[kind] = [
            {"key": run.key, "digest": run.key, "labels": list(run.labels), "unused": list(run.unused)} for run in found
        ]
        order = [one for one in order if one != kind] + [kind]
