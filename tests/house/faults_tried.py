"""The page of faults, as a house test reads it: its numbers, the tests that it names, and the reasons where it names none."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT

PAGE = "docs/faults.md"
FAULTS = 116
NOT_TRIED = "Not tried: "
SHORTEST_REASON = 10
"""Words: less is no consideration."""
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")


@dataclass(frozen=True)
class Fault:
    """A row of the page.

    Attributes:
        tests: the file and the name of each test that tries it.
        says: what stands besides.
    """

    number: int
    what: str
    tests: tuple[tuple[str, str], ...]
    says: str


def faults(root: Path = ROOT) -> Iterator[Fault]:
    """Every row, in the order of the page."""
    for number, what, tried in _ROW.findall((root / PAGE).read_text(encoding="utf-8")):
        says = _TEST.sub("", tried).strip(" ,.")
        yield Fault(int(number), what, tuple(_TEST.findall(tried)), says)


def wrong(every: Mapping[int, Fault], root: Path = ROOT) -> Iterator[str]:
    """What is wrong with the page: a test that is not there, a reason that is none."""
    for number, fault in every.items():
        yield from (
            f"{number}: there is no {file}::{name}" for file, name in fault.tests if name not in names_of_tests(root / file)
        )
        is_reasoned = fault.says.startswith(NOT_TRIED) and len(fault.says.split()) >= SHORTEST_REASON
        if not fault.tests and not is_reasoned:
            yield f"{number}: neither a test nor a reason"
        if fault.tests and fault.says.startswith(NOT_TRIED):
            yield f"{number}: tried and not tried"


def names_of_tests(file: Path) -> set[str]:
    """The names of the tests of a file; those of a class with its name before them."""
    if not file.is_file():
        return set()
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}
