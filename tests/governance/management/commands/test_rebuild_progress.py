"""`manage.py rebuild_progress`: every action stands where its published updates say, and the command can show it."""

import io
import json
from datetime import date
from typing import Any

from django.core.management import call_command

import pytest

from governance.models import ActionPage, Milestone, MilestoneDone
from tests.small_site import SmallSite


class Terminal(io.StringIO):
    """A terminal, to the command."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def rebuild(*arguments: str, errors: Any = None) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the lines of JSON, and what was said beside them."""
    lines, beside, code = io.StringIO(), errors or io.StringIO(), 0
    try:
        call_command("rebuild_progress", *arguments, stdout=lines, stderr=beside)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, [json.loads(line) for line in lines.getvalue().splitlines()], beside.getvalue()


def test_a_small_site_has_no_differences(small_site: SmallSite) -> None:
    assert rebuild("--check") == (0, [], "3 actions, 0 differ\n")


def test_it_lists_what_differs_changes_nothing_and_then_puts_it_right(small_site: SmallSite) -> None:
    step = Milestone.objects.get(name="First workshop")
    ActionPage.objects.filter(pk=small_site.action.pk).update(status="completed", due_on=None)
    Milestone.objects.filter(pk=step.pk).update(done_on=None)
    differences = {
        "status": {"is": "completed", "should_be": "under_way"},
        "due_on": {"is": None, "should_be": "2027-03-31"},
        "milestone: First workshop": {"is": None, "should_be": "2026-10-30"},
    }
    line = {"action": "HWB-A1", "page": small_site.action.pk, "differences": differences}
    assert rebuild("--check") == (1, [line], "3 actions, 1 differ\n")
    assert rebuild("--check")[0] == 1
    assert rebuild() == (0, [line], "3 actions, 1 put right\n")
    assert rebuild("--check") == (0, [], "3 actions, 0 differ\n")
    step.refresh_from_db()
    assert step.done_on == date(2026, 10, 30)


def test_a_terminal_sees_how_far_it_is(small_site: SmallSite) -> None:
    said = rebuild("--check", errors=Terminal())[2]
    assert f"[{'#' * 10}{'.' * 20}] 1 of 3" in said
    assert f"[{'#' * 30}] 3 of 3" in said


@pytest.mark.django_db
def test_an_empty_site_is_no_error() -> None:
    assert rebuild("--check", errors=Terminal()) == (0, [], "0 actions, 0 differ\n")


def test_a_step_reported_behind_its_back_is_found(small_site: SmallSite) -> None:
    row = Milestone.objects.get(name="Draft plan")
    MilestoneDone.objects.create(update=small_site.update, milestone=row, done_on=date(2026, 11, 2))
    _code, lines, _said = rebuild("--check")
    assert [list(line["differences"]) for line in lines] == [["milestone: Draft plan"]]
