"""Moving lines of an agenda without dragging: items, their parts and headings."""

import pytest

from minutes.agenda_order import Move, moved, moved_below, read_order, settled, write_order

AGENDA = "s1 i1 p2 p3 i4 s2 i5"


def after(line: str, move: Move, agenda: str = AGENDA) -> str:
    """The agenda after one move."""
    return write_order(moved(read_order(agenda), read_order(line)[0], move))


@pytest.mark.parametrize(
    ("line", "move", "expected"),
    [
        ("i4", Move.UP, "s1 i4 i1 p2 p3 s2 i5"),
        ("i1", Move.DOWN, "s1 i4 i1 p2 p3 s2 i5"),
        ("i1", Move.UP, "i1 p2 p3 s1 i4 s2 i5"),
        ("s1", Move.UP, AGENDA),
        ("i5", Move.DOWN, AGENDA),
        ("i5", Move.UP, "s1 i1 p2 p3 i4 i5 s2"),
        ("p3", Move.UP, "s1 i1 p3 p2 i4 s2 i5"),
        ("p2", Move.UP, "s1 i2 i1 p3 i4 s2 i5"),
        ("p3", Move.DOWN, "s1 i1 p2 i4 p3 s2 i5"),
        ("s2", Move.UP, "s1 i1 p2 p3 s2 i4 i5"),
        ("i4", Move.PART, "s1 i1 p2 p3 p4 s2 i5"),
        ("i5", Move.PART, AGENDA),
        ("i1", Move.PART, AGENDA),
        ("p2", Move.WHOLE, "s1 i1 i2 p3 i4 s2 i5"),
        ("s2", Move.PART, AGENDA),
    ],
)
def test_a_line_moves_and_an_item_takes_its_parts_with_it(line: str, move: Move, expected: str) -> None:
    assert after(line, move) == expected


@pytest.mark.parametrize(
    ("line", "section", "expected"),
    [
        ("i1", "s2", "s1 i4 s2 i5 i1 p2 p3"),
        ("i5", "s1", "s1 i1 p2 p3 i4 i5 s2"),
        ("p2", "s2", "s1 i1 p3 i4 s2 i5 i2"),
        ("s1", "s2", AGENDA),
    ],
)
def test_an_item_is_put_below_a_heading(line: str, section: str, expected: str) -> None:
    assert write_order(moved_below(read_order(AGENDA), read_order(line)[0], read_order(section)[0])) == expected


def test_a_line_that_is_gone_is_told_in_words() -> None:
    lines = read_order(AGENDA)
    with pytest.raises(ValueError, match="not on the agenda any more"):
        moved(lines, read_order("i9")[0], Move.UP)
    for line, section in (("i9", "s1"), ("i1", "s9"), ("i1", "i4")):
        with pytest.raises(ValueError, match="not on the agenda any more"):
            moved_below(lines, read_order(line)[0], read_order(section)[0])


def test_a_part_without_an_item_before_it_is_an_item() -> None:
    assert write_order(settled(read_order("p1 p2 s1 p3 p4"))) == "i1 p2 s1 i3 p4"
