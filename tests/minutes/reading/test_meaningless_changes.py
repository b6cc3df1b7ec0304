"""What copying does to a page changes nothing of what it says: every layout is read alike before and after."""

import re
import textwrap
from collections.abc import Callable

import pytest

from minutes.reading import Reading, read
from tests.minutes.reading.labelled import Layout, layouts

LAYOUTS = list(layouts())
NAVIGATION = "Skip to main content\nHome\nCouncil and democracy\n\n"


def emphasised(page: str) -> str:
    """The marker set in bold, as pages copied through a text editor have it."""
    return re.sub(r"\b(Resolved|RESOLVED|Agreed|AGREED)\b(?=:)", r"**\1**", page)


CHANGES: dict[str, Callable[[str], str]] = {
    "line ends of another system": lambda page: page.replace("\n", "\r\n"),
    "spaces at the ends of lines": lambda page: re.sub(r"$", "  ", page, flags=re.MULTILINE),
    "everything indented": lambda page: re.sub(r"^(?=.)", "    ", page, flags=re.MULTILINE),
    "spaces that do not break": lambda page: page.replace(" ", "\u00a0"),
    "spaces that have no width": lambda page: page.replace(". ", ".\u200b "),
    "curly apostrophes": lambda page: page.replace("'", "’"),
    "a foot of the page": lambda page: f"{page}\n\nPage 3 of 7\n",
    "navigation above": lambda page: NAVIGATION + page,
    "the marker in bold": emphasised,
}


def said(reading: Reading) -> dict[str, object]:
    """What matters of a reading, free of spacing and of the shape of apostrophes."""
    return {
        "clauses": [(clause.label, _plain(clause.text)) for clause in reading.clauses],
        "kind": reading.decision_kind,
        "number": reading.item_number,
        "title": _plain(reading.title or ""),
        "presenters": [_plain(presenter) for presenter in reading.presenters],
        "exempt": reading.declared_exempt,
    }


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("’", "'").replace("‘", "'")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_that_means_nothing_changes_nothing(change: Callable[[str], str]) -> None:
    assert not [layout.name for layout in LAYOUTS if said(read(change(layout.page))) != said(read(layout.page))]


def broken(page: str) -> str:
    """The page with its lines broken at 80 characters, never beside what would then look like the number of a clause."""
    kept = re.sub(r" +(?=\(?(?:\d{1,3}|[ivxlIVXL]{1,5}|[A-Za-z])[.)]|[•·*–-] )|(?<=•) +", "\u00a0", page)
    lines = (textwrap.wrap(line, 80, break_on_hyphens=False, replace_whitespace=False) or [""] for line in kept.split("\n"))
    return "\n".join("\n".join(line) for line in lines).replace("\u00a0", " ")


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_no_word_of_a_clause_is_lost_where_its_lines_are_broken(layout: Layout) -> None:
    assert said(read(broken(layout.page)))["clauses"] == said(read(layout.page))["clauses"]
