"""A clock that was wrong and is set back: the ledger still agrees, and nothing that waits waits for ever."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

import pytest
import time_machine

from governance.models import BoardPage, Delivery, User
from governance.operations.checkpoints import make_checkpoint
from governance.operations.mail import queue_mail, send_deliveries
from governance.operations.publishing import publish_record, withdraw_record
from tests import building

pytestmark = pytest.mark.django_db


def verified() -> str:
    """What the check of all records says."""
    said = StringIO()
    with suppress(SystemExit):
        call_command("verify_records", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_records_agree_after_the_clock_was_set_back(board: BoardPage, clerk: User, back: timedelta) -> None:
    action = building.make_action(board, clerk)
    study = building.make_action(board, clerk, "Published again by a clock that was set back")
    make_checkpoint()
    with time_machine.travel(timezone.now() - back, tick=True):
        study.title = "With another title"
        publish_record(page=study, by=clerk)
        withdraw_record(page=action, by=clerk, reason="Set down twice.")
        make_checkpoint()
    assert "Everything agrees." in verified(), verified()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        make_checkpoint()
        assert "Everything agrees." in verified(), verified()


def test_mail_of_the_hour_that_comes_twice_is_sent_once(board: BoardPage) -> None:
    queue_mail(key="first", to="reader@example.org", subject="News", text="News.", kind="test")
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=True):
        queue_mail(key="second", to="reader@example.org", subject="More", text="More.", kind="test")
        send_deliveries()
    send_deliveries()
    send_deliveries()
    assert Delivery.objects.filter(sent_at=None).count() == 0
