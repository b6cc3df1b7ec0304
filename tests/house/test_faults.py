"""The page of faults is whole: each is tried by a test that exists, or it says why not."""

from pathlib import Path

from tests.house.faults_tried import FAULTS, PAGE, Fault, faults, names_of_tests, wrong
from tests.house.sources import plant


def test_every_fault_is_there_once_and_in_order() -> None:
    assert [fault.number for fault in faults()] == list(range(1, FAULTS + 1))


def test_each_is_tried_by_a_test_that_exists_or_says_why_not() -> None:
    assert list(wrong({fault.number: fault for fault in faults()})) == []


def test_few_are_not_tried() -> None:
    assert len([fault for fault in faults() if not fault.tests]) <= 6


def test_a_test_that_is_not_there_and_a_reason_that_is_none_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "tests/test_x.py", "class Of:\n    def test_a(self): ...\n\ndef test_b(): ...\n\ndef helps(): ...\n")
    assert names_of_tests(tmp_path / "tests/test_x.py") == {"Of::test_a", "test_b"}
    rows = [
        "| 1 | a | `tests/test_x.py::test_b`, `tests/test_x.py::Of::test_a`. And more |",
        "| 2 | b | `tests/test_x.py::helps` |",
        "| 3 | c | Not tried: no time |",
        "| 4 | d | `tests/test_y.py::test_b` |",
    ]
    plant(tmp_path, PAGE, "\n".join(rows))
    found = {fault.number: fault for fault in faults(tmp_path)}
    assert found[1] == Fault(1, "a", (("tests/test_x.py", "test_b"), ("tests/test_x.py", "Of::test_a")), "And more")
    assert list(wrong(found, tmp_path)) == [
        "2: there is no tests/test_x.py::helps",
        "3: neither a test nor a reason",
        "4: there is no tests/test_y.py::test_b",
    ]
