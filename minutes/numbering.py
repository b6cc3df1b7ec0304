"""How clauses are labelled: the label as printed stays, the reference is made alike for all of them. Pure."""

import re

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
    """The marks of all clauses of one item, told apart where a label is printed twice."""
    marks: list[str] = []
    for position, label in enumerate(labels, start=1):
        mark = clause_mark(label, position)
        copies = sum(1 for known in marks if known.split(")")[0] == mark.split(")")[0])
        marks.append(mark if not copies else f"{mark}-{copies + 1}")
    return marks
