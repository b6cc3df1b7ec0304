"""Without the keys of what is sealed nothing is served: a server, a worker and a migration say so in one sentence."""

import runpy
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.utils import timezone

import pytest

from governance.models import PersonRequest
from governance.sealing import seal
from minutes import checks
from minutes.checks import NO_KEY_FOR_WHAT_IS_SEALED, require_keys

pytestmark = pytest.mark.django_db
CONFIG = Path(__file__).resolve().parents[2] / "site" / "config"


@pytest.fixture
def sealed(db: None) -> None:
    """Something that only a key opens."""
    today = timezone.localdate()
    who = seal({"asked_by": "Somebody", "contact": "", "names": ""}, of=0)
    PersonRequest.objects.create(kind="access", received_on=today, due_on=today, recorded_at=timezone.now(), sealed=who)


@pytest.fixture
def without_keys(settings: Any) -> None:
    """An installation that was given no key."""
    settings.RESTRICTED_KEYS = []


def found() -> set[str]:
    """What the checks find, with the database's."""
    return {str(message.id) for message in run_checks(databases=["default"]) if str(message.id).startswith("minutes.")}


def test_with_its_keys_everything_starts(sealed: None) -> None:
    require_keys()
    assert found() == set()


def test_where_nothing_is_sealed_no_key_is_a_warning(without_keys: None) -> None:
    require_keys()
    assert found() == {"minutes.W001"}


def test_what_is_sealed_without_a_key_is_an_error(sealed: None, without_keys: None) -> None:
    assert found() == {"minutes.W001", "minutes.E002"}


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_no_server_starts_over_what_it_cannot_open(
    server: str, sealed: None, without_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The connection of a test is not to be closed, and is no other thread's.
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor.submit", lambda pool, work: _Done(work))
    with pytest.raises(ImproperlyConfigured, match="RESTRICTED_KEYS holds no key"):
        runpy.run_path(str(CONFIG / f"{server}.py"))


class _Done:
    """Work that is done when its result is asked for."""

    def __init__(self, work: Any) -> None:
        self.result = work


@pytest.mark.parametrize("command", ["work", "serve"])
def test_neither_worker_nor_site_of_this_machine_begins(command: str, sealed: None, without_keys: None) -> None:
    with pytest.raises(CommandError, match="RESTRICTED_KEYS holds no key"):
        call_command(command, stdout=StringIO())


def test_a_database_that_is_away_refuses_nobody(
    without_keys: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> bool:
        """What a database says that is being restarted."""
        raise OperationalError("the server is starting")

    monkeypatch.setattr(checks, "is_anything_sealed", away)
    require_keys()
    assert "the server is starting" in caplog.text
    assert NO_KEY_FOR_WHAT_IS_SEALED not in caplog.text
