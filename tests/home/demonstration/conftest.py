"""The demonstration, loaded once for the tests of a module and taken back after them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

import pytest

from home.operations.demonstration import load_demonstration
from tests.home.demonstration.telling import told

TODAY = date(2026, 11, 22)
Said = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def loaded_before(django_db_setup: None, django_db_blocker: Any) -> Said:
    """What another load of the same day wrote, which was taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: None)
        words = told()
        transaction.set_rollback(True)
    return words


@pytest.fixture(scope="module")
def steps_told(loaded_before: Said, django_db_blocker: Any) -> Iterator[list[tuple[int, int, str]]]:
    """What the person who loaded it was told."""
    steps: list[tuple[int, int, str]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: steps.append(step))
        yield steps
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(steps_told: list[tuple[int, int, str]], db: None) -> list[tuple[int, int, str]]:
    """The demonstration as of 22 November 2026; what a test changes is taken back after it."""
    return steps_told
