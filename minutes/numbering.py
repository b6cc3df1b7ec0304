"""How clauses are labelled: the label as printed stays, the reference is made alike for all of them. Pure."""

import re

from governance.numbering import reference_slug, with_suffix

_MARK = re.compile(r"[A-Za-z0-9]+")


def clause_mark(label: str, position: int) -> str:
    """The mark of a clause in its reference.

    Args:
        label: the label as printed, such as `(1)`, `a.` or `7.3`; empty where none is printed.
        position: the clause's place among its resolutions, from 1.

    Returns:
        `(1)`, `(a)`, `(7.3)`; by position where nothing is printed.
    """
    parts = _MARK.findall(label)
    return f"({'.'.join(parts)})" if parts else f"({position})"


def distinct_marks(labels: list[str]) -> list[str]:
    """The marks of all clauses of one item, told apart where a label is printed twice.

    Told apart in their permanent addresses too, where `(A)` and `(a)`, or `(1.2)` and a second `(1)`, would be the same.
    """
    marks: list[str] = []
    taken: set[str] = set()
    for position, label in enumerate(labels, start=1):
        first = mark = clause_mark(label, position)
        copy = 1
        while reference_slug(mark) in taken:
            copy += 1
            mark = with_suffix(first, copy)
        taken.add(reference_slug(mark))
        marks.append(mark)
    return marks
