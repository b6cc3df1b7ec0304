"""The demonstration, loaded once for the tests of a module and taken back after them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

import pytest

from home.operations.demonstration import load_demonstration

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def steps_told(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[int, int, str]]]:
    """What the person who loaded it was told."""
    told: list[tuple[int, int, str]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: told.append(step))
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(steps_told: list[tuple[int, int, str]], db: None) -> list[tuple[int, int, str]]:
    """The demonstration as of 22 November 2026; what a test changes is taken back after it."""
    return steps_told
