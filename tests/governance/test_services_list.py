"""The public list of services: each year's judgement, what is overdue, and what followed."""

from datetime import date
from typing import Any

from django.test import Client

import pytest

from governance.models import Service, User
from governance.operations.services import review_service
from governance.services_list import Services, listing
from tests import building

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def services(board: Any, clerk: User) -> None:
    """Four services of two organisations, judged in each way; one that has ended."""
    council, trust = building.make_organisation(), building.make_organisation("Ashmere Trust")
    action = building.make_action(board, clerk)
    for name, organisation, verdict, on in (
        ("Home care", council, "suitable", date(2026, 3, 1)),
        ("Libraries", council, "later", date(2025, 3, 1)),
        ("Safeguarding", trust, "not_suitable", date(2026, 3, 1)),
    ):
        service = Service.objects.create(name=name, organisation=organisation)
        review_service(service=service, verdict=verdict, reason=f"Why {name}", reviewed_on=on, by=clerk, action=action)
    home_care = Service.objects.get(name="Home care")
    review_service(service=home_care, verdict="later", reason="Earlier", reviewed_on=date(2024, 3, 1), by=clerk)
    Service.objects.filter(pk=home_care.pk).update(next_review_on=date(2027, 3, 1))
    Service.objects.create(name="Parks", organisation=trust)
    Service.objects.create(name="Closed", organisation=trust, ended_on=date(2026, 1, 1))


def _names(view: Services) -> list[str]:
    return [service.name for service in view.page]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["Home care", "Libraries", "Parks", "Safeguarding"]),
        ({"judgement": "suitable"}, ["Home care"]),
        ({"judgement": "later"}, ["Libraries"]),
        ({"judgement": "none"}, ["Parks"]),
        ({"review": "overdue"}, ["Libraries"]),
        ({"review": "ahead", "judgement": "not_suitable"}, ["Safeguarding"]),
        ({"judgement": "suitable", "review": "overdue"}, []),
    ],
)
def test_filters_leave_what_they_say(services: None, asked: dict[str, str], left: list[str]) -> None:
    view = listing(asked, TODAY)
    assert sorted(_names(view)) == left
    assert (view.total, view.every, view.overdue) == (len(left), 4, 1)


def test_every_count_is_what_its_link_leaves(services: None) -> None:
    for asked in ({}, {"judgement": "later"}, {"review": "ahead"}):
        for one in listing(asked, TODAY).filters:
            for choice in one.choices:
                if not choice.chosen:
                    assert listing({**asked, one.name: choice.value}, TODAY).total == choice.count, (asked, choice)


@pytest.mark.parametrize("value", ["", "nonsense", "-1", "9" * 40, "\x00", "²", "' OR 1=1", "x" * 5000])
@pytest.mark.parametrize("name", ["organisation", "judgement", "review", "page"])
def test_a_value_that_means_nothing_is_no_filter(services: None, client: Client, name: str, value: str) -> None:
    assert listing({name: value}, TODAY).total == 4
    assert client.get("/services/", {name: value}).status_code == 200


def test_the_page_tells_the_reason_the_years_and_what_followed(services: None, client: Client) -> None:
    shown = client.get("/services/").content.decode()
    assert "Not suitable." in shown and "Why Safeguarding" in shown
    assert "2024: <b>Suitable later.</b> Earlier" in shown
    assert "What followed:" in shown
    assert "It has not been looked at yet." in shown
    assert "It is overdue." in shown
    assert "Closed" not in shown


def test_an_empty_list_says_what_will_be_there(board: Any, client: Client) -> None:
    assert "No service is listed yet." in client.get("/services/").content.decode()
