"""What programs are told of an installation, and what an administrator is told when something stands still."""

import io
import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from pythonjsonlogger.json import JsonFormatter

from governance.health import Figures, alarms
from governance.models import BoardPage, Delivery, FileOnRecord, FixityRound, User, WorkerPulse
from governance.needs_doing import needs_of
from governance.operations.pulse import tell_alive
from governance.queues import Queue
from governance.request_ids import RequestIdFilter, request_id
from minutes.operations.meetings import publish_agenda
from minutes.operations.packing import ask_for_pack
from tests import building

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=3)
WELL = {"heard_of_worker": NOW, "looked_at_files": NOW, "installed": LONG_AGO}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({"heard_of_worker": None}, ["No worker was heard of"]),
        ({"heard_of_worker": NOW - timedelta(minutes=6)}, ["No worker was heard of"]),
        ({"queues": {"packs": Queue(1, NOW - timedelta(minutes=59)), "mail": Queue(0, None)}}, []),
        ({"queues": {"packs": Queue(1, NOW - timedelta(minutes=61))}}, ["Waiting for more than an hour: packs."]),
        ({"looked_at_files": NOW - timedelta(hours=49)}, ["have not been looked at for two days"]),
        ({"looked_at_files": None}, ["have not been looked at for two days"]),
        ({"looked_at_files": None, "installed": NOW}, []),
        ({"looked_at_files": None, "installed": None}, []),
        ({"bad_files": 2}, ["changed or missing: 2"]),
    ],
)
def test_each_thing_that_stands_still_is_named_once(told: dict[str, Any], expected: list[str]) -> None:
    found = list(alarms(Figures(**{**WELL, **told}), NOW))
    assert len(found) == len(expected)
    assert all(part in words for part, words in zip(expected, found, strict=True))


def test_that_it_lives_is_said_without_the_database(client: Client) -> None:
    # A test without a database mark may ask nothing of it.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_says_what_is_not_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "database": "ok",
        "migrations": "ok",
        "files": "ok",
        "worker": "not ok",
        "room on the disk": "ok",
    }
    tell_alive()
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("governance.health_views.ROOM", 1 << 62)
    assert client.get("/readyz").json()["room on the disk"] == "not ok"
    monkeypatch.setattr("governance.health_views.private_storage", _full)
    assert client.get("/readyz").json()["files"] == "not ok"


def _full() -> Any:
    raise OSError("No space left on device")


@pytest.mark.django_db
def test_figures_are_for_this_machine_or_for_who_has_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics").status_code == 200
    settings.METRICS_TOKEN = "a token of the watchers"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a token of the watchers"}, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 200


@pytest.mark.django_db
def test_figures_count_what_waits(board: BoardPage, clerk: User, client: Client) -> None:
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, publish=False)
    publish_agenda(meeting=meeting, by=clerk)
    ask_for_pack(meeting=meeting, by=clerk, at=timezone.now() - timedelta(hours=2))
    Delivery.objects.create(key="1", to="a@example.org", subject="News", kind="alert", created_at=NOW, next_try_at=NOW)
    FileOnRecord.objects.create(store="private", name="packs/1.pdf", result="missing", checked_at=NOW)
    text = client.get("/metrics").content.decode()
    assert 'resolved_waiting{queue="packs"} 1.0' in text
    assert 'resolved_waiting{queue="mail"} 1.0' in text
    assert "resolved_bad_files 1.0" in text
    assert "resolved_worker_silence_seconds -1.0" in text
    oldest = next(line for line in text.splitlines() if line.startswith('resolved_oldest_waiting_seconds{queue="packs"}'))
    assert 7190 < float(oldest.split()[-1]) < 7300
    assert "a@example.org" not in text


@pytest.mark.django_db
def test_an_administrator_alone_is_told_on_the_home_of_the_admin(board: BoardPage, clerk: User, client: Client) -> None:
    words = "No worker was heard of for five minutes."
    editor = building.make_user("editor", is_superuser=False)
    today = timezone.localdate()
    assert words in str(needs_of(clerk, today))
    assert words not in str(needs_of(editor, today))
    client.force_login(clerk)
    assert words in client.get("/admin/").content.decode()
    tell_alive()
    FixityRound.objects.create(started_at=NOW, finished_at=NOW)
    assert words not in str(needs_of(clerk, today))


@pytest.mark.django_db
def test_workers_that_were_not_heard_of_for_a_week_are_forgotten() -> None:
    WorkerPulse.objects.create(worker="gone", at=timezone.now() - timedelta(days=8))
    tell_alive()
    tell_alive()
    assert WorkerPulse.objects.count() == 1


@pytest.mark.django_db
def test_the_figures_cost_the_same_however_much_waits(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/metrics")
        return len(asked)

    few = queries()
    for number in range(50):
        Delivery.objects.create(
            key=f"{number}", to="a@example.org", subject="News", kind="alert", created_at=NOW, next_try_at=NOW
        )
    assert queries() == few <= 12


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0f3a-77aa-11", True), (None, False), ("short", False), ("x" * 65, False), ('a"b\nc: forged line', False)],
)
def test_a_name_from_outside_is_kept_only_where_it_cannot_forge_a_log(given: str | None, kept: bool) -> None:
    assert (request_id(given) == given) is kept
    assert len(request_id(given)) >= 8


@pytest.mark.django_db
def test_what_is_logged_in_a_request_bears_its_name_in_one_line_of_json(client: Client) -> None:
    config = configured.LOGGING["formatters"]["json"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonFormatter(config["fmt"], rename_fields=config["rename_fields"]))
    handler.addFilter(RequestIdFilter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        answer = client.get("/nothing-is-here/", headers={"x-request-id": "of-the-server-in-front"})
    finally:
        logger.removeHandler(handler)
    assert answer["X-Request-ID"] == "of-the-server-in-front"
    (line,) = handler.stream.getvalue().splitlines()
    said = json.loads(line)
    assert (said["request_id"], said["level"], said["logger"]) == ("of-the-server-in-front", "WARNING", "django.request")
