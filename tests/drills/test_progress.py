"""Where actions stand, worked out again after everything that can happen to their updates: nothing differs."""

import io
import random
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command

import pytest

from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.models import ActionPage, BoardPage, Milestone, MilestoneDone, ProgressUpdatePage, User
from governance.operations.publishing import withdraw_record
from home.operations.generating import generate_pages
from tests import building
from tests.drills.sizes import drilled

ACTIONS = {"small": 20, "full": 150, "long": 1000}
MOVES = {"small": 40, "full": 150, "long": 400}
SEED = 11
PAGES_OF_AN_ACTION = 25
"""There is an action for every fifteen pages or so that are made up."""


def check() -> str:
    """The differences, as the command prints them."""
    lines = io.StringIO()
    try:
        call_command("rebuild_progress", "--check", stdout=lines, stderr=io.StringIO())
    except SystemExit:
        return lines.getvalue()
    return ""


@pytest.mark.django_db
def test_generated_actions_stand_where_their_updates_say(board: BoardPage, clerk: User) -> None:
    wanted = ACTIONS[drilled()]
    generate_pages(pages=wanted * PAGES_OF_AN_ACTION, board=board, by=clerk)
    assert ActionPage.objects.count() >= wanted
    assert check() == ""


@pytest.mark.django_db
def test_updates_withdrawn_corrected_and_published_out_of_order_leave_no_difference(board: BoardPage, clerk: User) -> None:
    chance = random.Random(SEED)  # noqa: S311 - moves, not secrets
    action = building.make_action(board, clerk, milestones=[Milestone(name=f"Step {number}") for number in range(6)])
    done = {"published": 0, "refused": 0, "withdrawn": 0}
    for number in range(MOVES[drilled()]):
        live = list(ProgressUpdatePage.objects.live().order_by("pk"))
        if live and chance.random() < 0.25:
            withdraw_record(page=chance.choice(live), by=clerk, reason="A drill.")
            done["withdrawn"] += 1
            continue
        try:
            building.make_update(action, clerk, **move(chance, number, live, action))
            done["published"] += 1
        except ValidationError:
            done["refused"] += 1
    assert all(done.values()), done
    assert check() == ""


def move(chance: random.Random, number: int, live: list[Any], action: ActionPage) -> dict[str, Any]:
    """News as anybody might write it, possible or not."""
    status = chance.choice(list(ActionStatus))
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
    said: dict[str, Any] = {"title": f"News {number}", "day": day, "status": status, "reason": "A drill."}
    said["confidence"] = chance.choice(list(Confidence))
    said["recovery_step"] = "A drill."
    if chance.random() < 0.3:
        said |= {"new_due_on": day + timedelta(days=90), "date_reason": "Drill", "date_agreed_by": "the chair"}
    if live and chance.random() < 0.3:
        said["corrects"] = chance.choice(live)
    if chance.random() < 0.5:
        step = chance.choice(list(action.milestones.all()))
        said["milestones_done"] = [MilestoneDone(milestone=step, done_on=day)]
    if status in CLOSED_STATUSES:
        said.setdefault("difference", "none")
    return said
