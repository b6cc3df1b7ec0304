"""The background worker, run for real over the queue in the database."""

from typing import Any

from django.core.management import call_command

import pytest

from governance import sweeping
from governance.models import BoardPage, User
from minutes.enums import PackState
from minutes.models import Pack
from minutes.operations import packing
from minutes.operations.meetings import publish_agenda
from tests import building


@pytest.fixture
def queue(settings: Any, look: None) -> None:
    """The queue as a served site has it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "packs"]}}


@pytest.mark.django_db(transaction=True)
def test_the_worker_builds_the_packs_that_are_asked_for(queue: None, board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, publish=False)
    publish_agenda(meeting=meeting, by=clerk)
    packing.ask_for_pack(meeting=meeting, by=clerk)
    call_command("work", once=True)
    assert Pack.objects.get().state == PackState.ISSUED


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_up_what_a_dead_one_left(queue: None, board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, publish=False)
    publish_agenda(meeting=meeting, by=clerk)
    pack = packing.ask_for_pack(meeting=meeting, by=clerk)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.BUILDING, heartbeat_at=building.london(2026, 1, 1))
    assert sweeping.sweep()["packs"] == 1
    call_command("work", once=True)
    pack.refresh_from_db()
    assert pack.state == PackState.ISSUED


def test_nothing_is_swept_twice() -> None:
    with pytest.raises(ValueError, match="swept already"):
        sweeping.register("packs", packing.take_up_left_packs)
