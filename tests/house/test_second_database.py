"""On the second database runs what touches a database, and nothing is taken for untouched that does."""

from django.test import TestCase

import pytest

from governance.models import User
from tests.conftest import touches_a_database


def test_what_asks_for_no_database_is_left_out(request: pytest.FixtureRequest) -> None:
    assert not touches_a_database(request.node)


@pytest.mark.usefixtures("clerk")
def test_what_asks_through_another_fixture_is_not_left_out(request: pytest.FixtureRequest) -> None:
    assert User.objects.exists()
    assert touches_a_database(request.node)


@pytest.mark.django_db
def test_what_asks_by_its_marker_is_not_left_out(request: pytest.FixtureRequest) -> None:
    assert touches_a_database(request.node)


class OfDjango(TestCase):
    """A test of Django's own kind."""

    @pytest.fixture(autouse=True)
    def _node(self, request: pytest.FixtureRequest) -> None:
        self.node = request.node

    def test_it_is_not_left_out(self) -> None:
        assert touches_a_database(self.node)


def test_what_asks_for_no_database_gets_none() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()
