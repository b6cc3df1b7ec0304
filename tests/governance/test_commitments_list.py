"""Every public promise word for word, and whether anything carries it."""

from datetime import date
from typing import Any

from django.test import Client

import pytest

from governance.commitments_list import listing
from governance.models import Commitment, User
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def promises(board: Any, clerk: User) -> None:
    """One promise with a live action, one with a draft of one, one with none."""
    council, trust = building.make_organisation(), building.make_organisation("Ashmere Trust")
    for text, organisation, publish in (("We will listen.", council, True), ("We will try.", trust, False)):
        promise = Commitment.objects.create(text=text, organisation=organisation, source_title="Statement")
        building.make_action(board, clerk, text, commitment=promise, origin="commitment", publish=publish)
    Commitment.objects.create(text="We will tell you.", organisation=trust, source_title="Statement", news_by=date(2026, 1, 31))
    Commitment.objects.create(text="We will meet.", organisation=trust, source_title="Plan", news_by=date(2099, 1, 31))


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, {"We will listen.", "We will try.", "We will tell you.", "We will meet."}),
        ({"carried": "yes"}, {"We will listen."}),
        ({"carried": "no"}, {"We will try.", "We will tell you.", "We will meet."}),
    ],
)
def test_filters_leave_what_they_say(promises: None, asked: dict[str, str], left: set[str]) -> None:
    view = listing(asked)
    assert {one.promised.text for one in view.promises} == left
    assert (view.total, view.every) == (len(left), 4)


def test_every_count_is_what_its_link_leaves(promises: None) -> None:
    for asked in ({}, {"carried": "no"}, {"carried": "yes"}):
        for one in listing(asked).filters:
            for choice in one.choices:
                if not choice.chosen:
                    assert listing({**asked, one.name: choice.value}).total == choice.count, (asked, choice)


@pytest.mark.parametrize("value", ["", "nonsense", "-1", "9" * 40, "\x00", "²", "' OR 1=1", "x" * 5000])
@pytest.mark.parametrize("name", ["organisation", "carried", "page"])
def test_a_value_that_means_nothing_is_no_filter(promises: None, client: Client, name: str, value: str) -> None:
    assert listing({name: value}).total == 4
    assert client.get("/commitments/", {name: value}).status_code == 200


def test_what_nothing_carries_says_when_people_will_hear(promises: None, client: Client) -> None:
    shown = client.get("/commitments/").content.decode()
    assert shown.count("No action carries it yet.") == 3
    assert "News was promised by 31 January 2026. It is late." in shown
    assert "You will hear more by 31 January 2099." in shown
    assert "“We will tell you.”" in shown


def test_an_empty_list_says_what_will_be_there(board: Any, client: Client) -> None:
    assert "No public promise is recorded yet." in client.get("/commitments/").content.decode()
