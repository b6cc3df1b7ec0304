"""How clauses are cited."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.numbering import reference_slug
from minutes.models import ResolutionPage
from minutes.numbering import clause_mark, distinct_marks

LONGEST_LABEL = ResolutionPage._meta.get_field("label").max_length or 0
LONGEST_MARK = ResolutionPage._meta.get_field("mark").max_length or 0
LABELS = some.text(alphabet="aAbB12.() \xa0ŵ", max_size=LONGEST_LABEL)


@pytest.mark.parametrize(
    ("label", "mark"),
    [("(1)", "(1)"), ("a.", "(a)"), ("7.3", "(7.3)"), ("(iv)", "(iv)"), ("2(b)", "(2.b)"), ("", "(4)"), ("•", "(4)")],
)
def test_a_label_as_printed_becomes_a_mark(label: str, mark: str) -> None:
    assert clause_mark(label, 4) == mark


@pytest.mark.parametrize(
    ("labels", "marks"),
    [
        (["(1)", "(2)", "(3)"], ["(1)", "(2)", "(3)"]),
        (["", "", ""], ["(1)", "(2)", "(3)"]),
        (["(1)", "(1)", "(1)"], ["(1)", "(1)-2", "(1)-3"]),
        (["(a)", "(A)"], ["(a)", "(A)-2"]),
        (["(1)", "(1)", "1.2"], ["(1)", "(1)-2", "(1.2)-2"]),
        (["1.2", "(1)", "(1)"], ["(1.2)", "(1)", "(1)-3"]),
        ([], []),
    ],
)
def test_marks_of_one_item_are_told_apart(labels: list[str], marks: list[str]) -> None:
    assert distinct_marks(labels) == marks


@given(some.lists(LABELS, max_size=8))
def test_no_two_clauses_share_a_permanent_address(labels: list[str]) -> None:
    marks = distinct_marks(labels)
    addresses = [reference_slug(f"HWB/2026-27/38{mark}") for mark in marks]
    assert len(set(addresses)) == len(labels)
    assert all(len(mark) <= LONGEST_MARK for mark in marks)


@given(some.lists(LABELS, min_size=1, max_size=8))
def test_a_clause_added_at_the_end_changes_no_other_mark(labels: list[str]) -> None:
    assert distinct_marks(labels)[:-1] == distinct_marks(labels[:-1])
