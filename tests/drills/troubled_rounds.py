"""Run in a process of its own: a database that is full, one that somebody holds for too long, and one that goes away.

Prints one JSON object: what somebody who sends a comment is told each time, and whether the records are whole afterwards.
"""

import contextlib
import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

import psycopg  # noqa: E402

from governance.models import Comment  # noqa: E402
from tests import building  # noqa: E402

WORDS = "Come on time, please."
LONG = WORDS + " And stay." * 150
PLACES = 9
"""A last page of the file may still have room for a few."""
TAKEN = 302
ADDRESS = "/have-a-say/hwb-a1/"
IS_POSTGRESQL = connection.vendor == "postgresql"
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON governance_comment FOR EACH ROW EXECUTE FUNCTION no_room();
"""


def sent(text: str = WORDS, place: int = 1) -> Any:
    """A comment from somebody."""
    # A server looks at its connections before each request; the client for tests does not.
    close_old_connections()
    return Client(raise_request_exception=False).post(
        ADDRESS, {"text": text, "raised_by": "carer"}, REMOTE_ADDR=f"192.0.2.{place}"
    )


def told(answer: Any) -> dict[str, Any]:
    """What somebody is told, and how much of it."""
    page = answer.content.decode()
    return {
        "status": answer.status_code,
        "retry": answer.get("Retry-After", ""),
        "says": "Try again in a minute" in page,
        "gives_back": WORDS in page,
        "kept_by_nobody": "no-store" in answer.get("Cache-Control", ""),
    }


def another() -> psycopg.Connection[Any]:
    """Somebody else at the same database."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


@contextlib.contextmanager
def full() -> Iterator[None]:
    """No room for another row."""
    with connection.cursor() as cursor:
        if IS_POSTGRESQL:
            cursor.execute(FULL)
        else:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    yield
    with connection.cursor() as cursor:
        if IS_POSTGRESQL:
            cursor.execute("DROP TRIGGER no_room ON governance_comment; DROP FUNCTION no_room();")
        else:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Somebody else writes for longer than anybody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'" if IS_POSTGRESQL else "PRAGMA busy_timeout = 300")
    if IS_POSTGRESQL:
        with another() as other, other.transaction():
            other.execute("LOCK TABLE governance_comment IN ACCESS EXCLUSIVE MODE")
            yield
        return
    other = connection.get_new_connection(connection.get_connection_params())
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def end_the_connection(execute: Any, *given: Any) -> Any:
    """The server ends the connection before each statement."""
    with another() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    return execute(*given)


@contextlib.contextmanager
def gone() -> Iterator[None]:
    """The database ends every connection, or its file is out of reach."""
    if IS_POSTGRESQL:
        with connection.execute_wrapper(end_the_connection):
            yield
        return
    connection.close()
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    kept = file.with_suffix(".kept")
    file.rename(kept)
    file.mkdir()
    yield
    file.rmdir()
    kept.rename(file)


def tried(trouble: Callable[[], Any], text: str = WORDS) -> dict[str, Any]:
    """A comment while there is trouble, and one afterwards."""
    before, taken = Comment.objects.count(), 0
    with trouble():
        while (answer := sent(text, taken + 1)).status_code == TAKEN and taken < PLACES:
            taken += 1
        found = told(answer)
    found["afterwards"] = sent(text).status_code
    found["kept"] = Comment.objects.count() - before - taken
    return found


def main() -> None:
    """Each trouble in its turn."""
    with transaction.atomic():
        clerk = building.make_user()
        building.make_action(building.make_board(clerk), clerk)
    said: dict[str, Any] = {"full": tried(full, LONG), "held": tried(held), "gone": tried(gone)}
    spoken = io.StringIO()
    call_command("verify_records", stdout=spoken)
    said["agrees"] = "Everything agrees." in spoken.getvalue()
    if not IS_POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            said["agrees"] = said["agrees"] and cursor.fetchone()[0] == "ok"
    print(json.dumps({**said, "engine": connection.vendor}))  # noqa: T201


if __name__ == "__main__":
    main()
