"""A test that commits leaves the database as it found it: empty of records, with its roots and its triggers."""

from wagtail.models import Collection, Locale, Page

import pytest

from governance import triggers
from governance.models import Reference, User
from tests import building

TWICE = pytest.mark.parametrize("time", [1, 2])


@TWICE
@pytest.mark.django_db(transaction=True)
def test_each_starts_with_the_roots_the_triggers_and_no_records(time: int) -> None:
    assert not Reference.objects.exists()
    assert not User.objects.exists()
    assert triggers.missing() == set()
    assert Locale.objects.count() == 1
    assert Collection.objects.count() == 1
    assert Page.get_first_root_node() is not None
    building.make_board(building.make_user())
    assert Reference.objects.get().text == "HWB"


@pytest.mark.django_db
def test_those_that_roll_back_find_the_same() -> None:
    assert not Reference.objects.exists()
    assert triggers.missing() == set()
    building.make_board(building.make_user())
