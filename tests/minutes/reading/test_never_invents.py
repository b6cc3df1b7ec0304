"""Whatever the page, the reader answers or says why not, takes its words from the page, and does not slow down on hostile pages."""

import importlib
import pkgutil
import re
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minutes.reading
from minutes.reading import UnreadableMinutes, read
from tests.minutes.reading.labelled import Layout, layouts

PARTS = st.sampled_from(
    [
        "Agenda item", "Minutes:", "Decision:", "Supporting documents:", "Meeting: 01/02/2031 - Board (Item 4)", "RESOLVED", "RESOLVED that",
        "Resolved:-  (1)  That a be b", "(2) That c", "(a)", "(i) to note", "1.", "That", "That the plan be agreed.", "AGREED:", "REASON:",
        "Action by:", "Action:- A. Clerk", "The Board agreed to", "7.1 The Board noted", "\u2022 one \u2022 two", "\u00a0", "| a | b |", "For: 3",
        "Against: x", "RECOMMENDED to", "Councillor A moved, seconded by B", ":-", "(((", "\u201cThat quoted\u201d", "pdf icon PDF 3 KB", "12 Title",
        "Issue - decisions", "Schedule 12A", "31/02/2031", "T H A T", "DECISION", "1) a; 2) b; 3) c",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(PARTS, st.text(max_size=40)), max_size=30).map("\n".join)
HOSTILE = [
    "(1) ",
    "a) ",
    "RESOLVED ",
    "agreed ",
    "and ",
    ", ",
    ". ",
    "The Board ",
    "(",
    "\u2022 ",
    "That ",
    "1.1 ",
    "A B ",
    ":- ",
    "to ",
    "the ",
    "x",
]


def words(text: str) -> list[str]:
    # A row of underscores marks bold words, and is none.
    return re.findall(r"[^\W_]+", text)


def occurs_in_order(wanted: list[str], page: list[str]) -> bool:
    rest = iter(page)
    return all(word in rest for word in wanted)


@settings(max_examples=200, deadline=None, database=None)
@given(PAGES)
def test_any_page_is_read_or_refused_and_clauses_come_from_it(page: str) -> None:
    try:
        reading = read(page)
    except UnreadableMinutes:
        return
    seen = words(re.sub("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]", "", page))

    assert all(occurs_in_order(words(clause.text), seen) for clause in reading.clauses)
    assert reading.decision_kind in ("resolved", "agreed", "recommended", "noted", "none")
    assert reading.as_printed()["resolutions"] == [clause.text for clause in reading.clauses]


@pytest.mark.parametrize("layout", [pytest.param(layout, id=layout.name) for layout in layouts()])
def test_labelled_pages_give_only_their_own_words(layout: Layout) -> None:
    seen = words(layout.page)
    reading = read(layout.page)

    assert all(occurs_in_order(words(clause.text), seen) for clause in reading.clauses)
    assert all(set(words(person)) <= set(seen) for person in reading.presenters)
    assert all(set(words(action.owner)) <= set(seen) for action in reading.actions)


def calls_to_read(page: str) -> int:
    """How many functions, written in Python or built in, reading the page calls."""
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(page)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit", ["(1) That a be b\n", "RESOLVED:\n", "REASON: x\n", "1.\n\n", "The Board agreed to x.\n", "(a) x ", "x. y; (1) "]
)
def test_work_grows_no_faster_than_the_page(unit: str) -> None:
    read("Title\n" + unit * 3)

    assert calls_to_read("Title\n" + unit * 800) < 2.6 * calls_to_read("Title\n" + unit * 400)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for module_info in pkgutil.iter_modules(minutes.reading.__path__):
        module = importlib.import_module(f"minutes.reading.{module_info.name}")
        for name, value in vars(module).items():
            for pattern in value if isinstance(value, (tuple, list)) else [value]:
                if isinstance(pattern, re.Pattern):
                    found.append((f"{module_info.name}.{name}", pattern))
    return found


def unbounded_within_unbounded(parsed: Any, *, inside: bool = False) -> bool:
    """Whether an endless repeat holds another, which is what makes a search explode."""
    for operation, argument in parsed:
        if str(operation) in ("MAX_REPEAT", "MIN_REPEAT"):
            endless = int(argument[1]) > 1_000_000
            if (endless and inside) or unbounded_within_unbounded(argument[2], inside=inside or endless):
                return True
        elif str(operation) == "SUBPATTERN":
            if unbounded_within_unbounded(argument[3], inside=inside):
                return True
        elif str(operation) == "BRANCH" and any(unbounded_within_unbounded(branch, inside=inside) for branch in argument[1]):
            return True
    return False


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name) for name, pattern in patterns()])
def test_no_pattern_repeats_endlessly_within_an_endless_repeat(pattern: re.Pattern[str]) -> None:
    parser = importlib.import_module("re._parser")

    assert not unbounded_within_unbounded(parser.parse(pattern.pattern, pattern.flags))


def test_the_search_for_endless_repeats_finds_one() -> None:
    assert unbounded_within_unbounded(importlib.import_module("re._parser").parse(r"(?:a+b?)*"))


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_lines_are_read(unit: str) -> None:
    reading = read("Title\nMinutes:\n" + unit * 3000)

    assert reading.title == "Title"
