"""`make test`: run the lanes, two at a time, whatever each says, and sum up in the last lines."""

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from kill_figures import KEPT_IN, rows_in, sentence, wrong
from lanes import REPORTS, Lane, all_lanes, drill
from postgres import temporary_cluster
from prepare import ROOT, build_look, make_environment
from refusal import Refusal
from system_packages import missing_packages

# Seconds after which a lane is taken for hung: well above what the slowest machine seen so far took for one.
PATIENCE = {"small": 2700, "full": 5000}
# A lane often waits, for a disk or a browser; a second one fills that time.
AT_ONCE = 2
# Not beside the reports: the plugin of the browser tests empties that folder whenever a run of pytest begins.
KILLS = ROOT / "var" / "kills.jsonl"
TELLING = threading.Lock()
RUNNING: set[subprocess.Popen[bytes]] = set()


@dataclass(frozen=True)
class Result:
    """What became of a lane.

    Args:
        passed, failed, skipped: tests. A lane without a test report counts as one.
        why: the reason when it failed or could not run.
        ran: False when it could not run here at all.
    """

    lane: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    why: str = ""
    ran: bool = True
    seconds: float = 0.0

    @property
    def word(self) -> str:
        """Its line in the summary, without the name and the seconds."""
        if not self.ran:
            return f"COULD NOT RUN: {self.why}"
        return f"FAILED: {self.why}" if self.why else f"passed ({self.passed})"


def run_chosen_lanes() -> int:
    """Run the lanes named in LANES, or all of them. Exit code 0 only when nothing failed."""
    started = time.monotonic()
    lanes = all_lanes()
    chosen = choose(lanes, (os.environ.get("LANES") or "").split())
    make_environment("test", may_lack_packages=True)
    absent = {package.name for package in missing_packages("test")}
    REPORTS.mkdir(exist_ok=True)
    KILLS.parent.mkdir(exist_ok=True)
    KILLS.unlink(missing_ok=True)
    results = [look_built(), *run_lanes(chosen, absent)]
    results += kill_result({lane.name for lane in chosen})
    left_out = [lane.name for lane in lanes if lane not in chosen]
    lines, code = summary(results, left_out, strict=os.environ.get("CI") == "true")
    if killed := rows_in(KILLS):
        lines.insert(-1, sentence(killed))
    lines.insert(-1, f"The whole took {time.monotonic() - started:.0f} s.")
    print("\n".join(lines), flush=True)
    return code


def kill_result(lanes: set[str]) -> list[Result]:
    """What the drills of all lanes found together, as one more line; none where no drill was played."""
    rows = rows_in(KILLS)
    if not rows:
        return []
    told, why = sentence(rows), wrong(rows, whole=drill() == "full" and lanes >= {"sqlite", "postgresql"})
    return [announce(Result("kills", passed=0 if why else 1, failed=1 if why else 0, why=why), f"{told}\n")]


def run_lanes(lanes: Sequence[Lane], absent: set[str]) -> list[Result]:
    """Run lanes, two at a time, each started as soon as one before it ends. Their results are in the order of the lanes.

    Args:
        absent: system packages that are not on this machine.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as tracks:
        try:
            return list(tracks.map(lambda lane: run_lane(lane, absent), lanes))
        except BaseException:
            # Ctrl-C reaches this process alone: what it started has sessions of its own.
            tracks.shutdown(wait=False, cancel_futures=True)
            for process in list(RUNNING):
                stop_group(process)
            raise


def choose(lanes: Sequence[Lane], names: Sequence[str]) -> list[Lane]:
    """The lanes with these names in their usual order; all of them when none is named."""
    known = {lane.name for lane in lanes}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refusal(f"There is no lane {unknown[0]!r}. The lanes are: {' '.join(lane.name for lane in lanes)}.")
    return [lane for lane in lanes if not names or lane.name in names]


def look_built() -> Result:
    """Build the look that pages and browser tests need; that it cannot be built is one failure among others."""
    started = time.monotonic()
    try:
        build_look()
    except Refusal as refusal:
        return announce(Result("look", failed=1, why=str(refusal), seconds=time.monotonic() - started))
    return Result("look", passed=1, seconds=time.monotonic() - started)


def run_lane(lane: Lane, absent: set[str]) -> Result:
    """Run one lane; nothing it does stops the others.

    Args:
        absent: system packages that are not on this machine.
    """
    started = time.monotonic()
    lacking = [name for name in lane.packages if name in absent]
    if lacking:
        return announce(Result(lane.name, why=f"not on this machine: {', '.join(lacking)}", ran=False))
    print(f"... {lane.name}", flush=True)
    with tempfile.TemporaryFile() as said:
        try:
            with temporary_cluster() if lane.cluster else contextlib.nullcontext() as database:
                environment = lane.surroundings() | {KEPT_IN: str(KILLS)} | ({"DATABASE_URL": database} if database else {})
                result = run_commands(lane, environment, said)
        except Refusal as refusal:
            result = Result(lane.name, why=str(refusal), ran=False)
        said.seek(0)
        words = said.read().decode(errors="replace")
    return announce(Result(**{**vars(result), "seconds": time.monotonic() - started}), words)


def announce(result: Result, words: str = "") -> Result:
    """Print what a lane said and what became of it as soon as it is known, without another lane's lines between."""
    with TELLING:
        print(f"\n=== {result.lane} ===\n{words}--- {result.lane}: {result.word}, {result.seconds:.0f} s", flush=True)
    return result


def run_commands(lane: Lane, environment: dict[str, str], said: IO[bytes]) -> Result:
    """Start the lane's commands and count its tests.

    Args:
        said: where they write what they print.
    """
    if lane.report:
        lane.report.unlink(missing_ok=True)
    codes = [run_command(command, environment, said) for command in lane.commands]
    why = "" if not any(codes) else f"exit code {next(code for code in codes if code)}"
    if lane.report is None:
        return Result(lane.name, passed=0 if why else 1, failed=1 if why else 0, why=why)
    if not lane.report.exists():
        return Result(lane.name, failed=1, why=f"{why or 'exit code 0'}, no test report")
    passed, failed, skipped = count(lane.report)
    if failed:
        why = f"{failed} of {passed + failed} tests"
    elif skipped:
        why = f"{skipped} tests were skipped; this project skips none"
    elif passed == 0:
        why = "it has no tests"
    # What failed without a failed test (a crash, a skip, an empty lane) still counts as one failure.
    return Result(lane.name, passed, failed or (1 if why else 0), skipped, why)


def run_command(command: Sequence[str], environment: dict[str, str], said: IO[bytes]) -> int:
    """Run one command. A hung one is stopped with everything it started."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
    )
    RUNNING.add(process)
    try:
        return process.wait(timeout=PATIENCE[drill()])
    except subprocess.TimeoutExpired:
        said.write(f"Stopped after {PATIENCE[drill()]} s: it hung.\n".encode())
        said.flush()
        return 124
    finally:
        stop_group(process)
        RUNNING.discard(process)


def stop_group(process: subprocess.Popen[bytes]) -> None:
    """Stop a command and whatever it left behind: first asked, then made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)


def count(report: Path) -> tuple[int, int, int]:
    """How many tests passed, failed (errors included) and were skipped, from a JUnit report."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  # Our own pytest wrote it.
    total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in total:
            total[name] += int(suite.get(name, 0))
    failed = total["failures"] + total["errors"]
    return total["tests"] - failed - total["skipped"], failed, total["skipped"]


def summary(results: Sequence[Result], left_out: Sequence[str], *, strict: bool) -> tuple[list[str], int]:
    """The last lines of the run, and its exit code.

    Args:
        left_out: lanes that were not chosen.
        strict: a lane that could not run counts as failed (CI).
    """
    lines = ["", f"=== Summary ({drill()} drills) ==="]
    lines += [f"{result.lane:<11} {result.seconds:6.0f} s  {result.word}" for result in results]
    if left_out:
        lines.append(f"This was not the whole: left out {', '.join(left_out)}.")
    missed = [result for result in results if not result.ran]
    lines += [f"Not run here: {result.lane} ({result.why})." for result in missed]
    failed = [result.lane for result in results if result.ran and result.why]
    if failed:
        lines.append(f"Failed: {', '.join(failed)}.")
    if missed and strict:
        lines.append("With CI=true a lane that cannot run is a failure.")
    passed_tests = sum(result.passed for result in results)
    failed_tests = sum(result.failed for result in results) + (len(missed) if strict else 0)
    lines.append(f"{passed_tests} passed, {failed_tests} failed")
    return lines, 1 if failed or (missed and strict) else 0
