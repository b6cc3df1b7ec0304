"""The figure of the drills adds up what every process kept, and a run that shows too little or anything half is a failure."""

from pathlib import Path
from typing import Any

import pytest

import kill_figures
import run_lanes
from tests.drills import figures

ROW = {"over": "publish", "killed": 24, "half": 0, "lost": 0, "twice": 0, "engine": "sqlite"}


def test_what_several_drills_keep_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kills.jsonl"
    monkeypatch.setenv(kill_figures.KEPT_IN, str(file))
    assert figures.KEPT_IN == kill_figures.KEPT_IN and kill_figures.rows_in(file) == []
    figures.keep({"killed": 24, "engine": "sqlite"}, over="publish", half=0)
    figures.keep({"killed": 15, "engine": "postgresql"}, over="mail", half=0, twice=1)
    assert kill_figures.sentence(kill_figures.rows_in(file)) == (
        "Killed 39 times over publish and mail (postgresql, sqlite): 0 half states, 0 lost, 1 mails sent twice beyond the one allowed."
    )


@pytest.mark.parametrize(
    ("rows", "whole", "why"),
    [
        ([ROW], False, ""),
        ([ROW], True, "Only 24 kills; the full drills make 200."),
        ([{**ROW, "killed": 200}], True, ""),
        ([{**ROW, "killed": 200}, {**ROW, "half": 1}], True, "The drills left something half, lost or sent twice."),
        ([{**ROW, "twice": 1}], False, "The drills left something half, lost or sent twice."),
    ],
)
def test_too_few_kills_or_anything_half_is_a_failure(rows: list[dict[str, Any]], whole: bool, why: str) -> None:
    assert kill_figures.wrong(rows, whole=whole) == why


def test_a_run_without_drills_has_no_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_lanes, "KILLS", tmp_path / "none.jsonl")
    assert run_lanes.kill_result({"sqlite", "postgresql"}) == []
    (tmp_path / "none.jsonl").write_text(
        '{"over": "import", "killed": 5, "half": 0, "lost": 1, "twice": 0, "engine": "sqlite"}\n'
    )
    (told,) = run_lanes.kill_result({"sqlite"})
    assert (told.lane, told.failed) == ("kills", 1)
