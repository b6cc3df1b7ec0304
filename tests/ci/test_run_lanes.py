"""The runner of `make test`: every lane runs, and the last lines tell the whole truth."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import run_lanes
from lanes import Lane, all_lanes, drill
from refusal import Refusal
from run_lanes import Result, choose, count, run_command, run_lane, summary

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def reporting(tmp_path: Path, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0, code: int = 0) -> Lane:
    """A lane that writes a report with these numbers and ends with `code`."""
    report = tmp_path / "report.xml"
    text = REPORT.format(tests, failures, errors, skipped)
    write = f"import pathlib; pathlib.Path({str(report)!r}).write_text({text!r}); raise SystemExit({code})"
    return Lane("tests", (python(write),), report)


def test_a_lane_without_a_report_counts_as_one_test() -> None:
    good = run_lane(Lane("lint", (python("pass"), python("pass"))), set())
    assert (good.passed, good.failed, good.why) == (1, 0, "")
    bad = run_lane(Lane("lint", (python("raise SystemExit(7)"), python("pass"))), set())
    assert (bad.passed, bad.failed, bad.why) == (0, 1, "exit code 7")


@pytest.mark.parametrize(
    ("numbers", "passed", "failed", "why"),
    [
        ({"tests": 5}, 5, 0, ""),
        ({"tests": 5, "failures": 1, "errors": 1, "code": 1}, 3, 2, "2 of 5 tests"),
        ({"tests": 5, "skipped": 2}, 3, 1, "2 tests were skipped; this project skips none"),
        ({"tests": 0, "code": 5}, 0, 1, "it has no tests"),
        ({"tests": 5, "code": 3}, 5, 1, "exit code 3"),
    ],
)
def test_tests_are_counted_and_nothing_is_called_passed_that_was_not(
    tmp_path: Path, numbers: dict[str, int], passed: int, failed: int, why: str
) -> None:
    result = run_lane(reporting(tmp_path, **numbers), set())
    assert (result.passed, result.failed, result.why) == (passed, failed, why)


def test_a_report_of_an_earlier_run_is_never_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(9, 0, 0, 0), encoding="utf-8")
    result = run_lane(Lane("tests", (python("raise SystemExit(2)"),), report), set())
    assert (result.passed, result.failed, result.why) == (0, 1, "exit code 2, no test report")


def test_several_suites_of_one_report_are_added_up(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    suite = '<testsuite tests="3" failures="1" errors="0" skipped="1"/>'
    report.write_text(f"<testsuites>{suite}{suite}</testsuites>", encoding="utf-8")
    assert count(report) == (2, 2, 2)


def test_a_lane_that_lacks_a_package_could_not_run_and_is_not_started(tmp_path: Path) -> None:
    mark = tmp_path / "started"
    lane = Lane("browser", (python(f"open({str(mark)!r}, 'w')"),), packages=("chromium", "git"))
    result = run_lane(lane, {"chromium"})
    assert (result.ran, result.why) == (False, "not on this machine: chromium")
    assert not mark.exists()


def test_a_lane_inherits_no_database_and_says_the_size_of_the_drills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/records")
    monkeypatch.setenv("FULL", "1")
    check = "import os; assert 'DATABASE_URL' not in os.environ and os.environ['RESOLVED_DRILL'] == 'full'"
    assert run_lane(Lane("sqlite", (python(check),)), set()).why == ""


@pytest.mark.parametrize(
    ("variables", "size"), [({}, "small"), ({"FULL": "1"}, "full"), ({"CI": "true"}, "full"), ({"CI": "no"}, "small")]
)
def test_the_drills_are_full_in_ci_or_when_asked(variables: dict[str, str], size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "FULL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert drill() == size


def test_a_hung_command_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_lanes, "PATIENCE", {"small": 1, "full": 1})
    with tempfile.TemporaryFile() as said:
        assert run_command(python("import time; time.sleep(600)"), {}, said) == 124
        said.seek(0)
        assert said.read() == b"Stopped after 1 s: it hung.\n"


def test_two_lanes_run_at_once_and_their_words_are_not_mixed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def lane(name: str, other: str) -> Lane:
        meet = f"import pathlib, time; p = pathlib.Path({str(tmp_path)!r}); (p / {name!r}).touch()\n"
        wait = f"while not (p / {other!r}).exists(): time.sleep(0.01)\n"
        return Lane(name, (python(f"{meet}{wait}print('{name} begins', flush=True); time.sleep(0.1); print('{name} ends')"),))

    found = run_lanes.run_lanes([lane("one", "two"), lane("two", "one"), Lane("three", (python("pass"),))], set())
    assert [(result.lane, result.passed) for result in found] == [("one", 1), ("two", 1), ("three", 1)]
    lines = capsys.readouterr().out.splitlines()
    assert lines.index("one ends") == lines.index("one begins") + 1
    assert lines.index("two ends") == lines.index("two begins") + 1


def test_lanes_are_chosen_by_name_and_an_unknown_name_is_refused() -> None:
    lanes = all_lanes()
    assert choose(lanes, []) == lanes
    assert [lane.name for lane in choose(lanes, ["sqlite", "lint"])] == ["lint", "sqlite"]
    with pytest.raises(Refusal, match=r"There is no lane 'lnit'\. The lanes are: format lint"):
        choose(lanes, ["lnit"])


GOOD = Result("lint", passed=1, seconds=2)
BAD = Result("sqlite", passed=40, failed=2, why="2 of 42 tests", seconds=61)
ABSENT = Result("browser", why="not on this machine: chromium", ran=False)


def test_the_last_lines_name_what_failed_and_what_could_not_run() -> None:
    lines, code = summary([GOOD, BAD, ABSENT], [], strict=False)
    assert code == 1
    assert lines[-1] == "41 passed, 2 failed"
    assert "Failed: sqlite." in lines
    assert "Not run here: browser (not on this machine: chromium)." in lines


def test_a_lane_that_cannot_run_fails_only_in_ci() -> None:
    lines, code = summary([GOOD, ABSENT], [], strict=False)
    assert (lines[-1], code) == ("1 passed, 0 failed", 0)
    lines, code = summary([GOOD, ABSENT], [], strict=True)
    assert (lines[-1], code) == ("1 passed, 1 failed", 1)


def test_a_partial_run_says_that_it_was_not_the_whole() -> None:
    lines, code = summary([GOOD], ["sqlite", "browser"], strict=True)
    assert code == 0
    assert "This was not the whole: left out sqlite, browser." in lines


def test_ctrl_c_stops_the_lanes_at_once(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, signal, sys, threading, time
sys.path.insert(0, {str(run_lanes.ROOT / ".ci")!r})
import run_lanes
from lanes import Lane
# A shell that starts the tests in the background has them ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
here = pathlib.Path({str(tmp_path)!r})
write = "import os, pathlib, time; pathlib.Path(r'{tmp_path}/' + str(os.getpid())).touch(); time.sleep(600)"
def interrupt():
    while len(list(here.iterdir())) < 2:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt, daemon=True).start()
run_lanes.run_lanes([Lane(name, ((sys.executable, "-c", write),)) for name in ("one", "two", "three")], set())
"""
    stopped = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "KeyboardInterrupt" in stopped.stderr
    started = [int(file.name) for file in tmp_path.iterdir()]
    assert len(started) == 2
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
