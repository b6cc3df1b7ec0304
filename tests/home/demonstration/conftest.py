"""The demonstration, loaded once for the tests of a module and taken back after them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

import pytest

from home.operations.demonstration import load_demonstration

TODAY = date(2026, 11, 22)
Steps = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def steps_told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Steps]:
    """What the person who loaded it was told."""
    steps: Steps = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: steps.append(step))
        yield steps
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(steps_told: Steps, db: None) -> Steps:
    """The demonstration as of 22 November 2026; what a test changes is taken back after it."""
    return steps_told
