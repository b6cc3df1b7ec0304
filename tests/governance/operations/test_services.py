"""The yearly question put to every service."""

from datetime import date

from django.core.exceptions import ValidationError

import pytest

from governance.exceptions import Refused
from governance.models import Service, SuitabilityReview, User
from governance.operations.services import a_year_after, review_service
from tests import building


@pytest.fixture
def service(db: None) -> Service:
    return Service.objects.create(name="Home care", organisation=building.make_organisation())


def test_a_review_sets_the_next_one_a_year_later(service: Service, clerk: User) -> None:
    review = review_service(service=service, verdict="suitable", reviewed_on=date(2026, 3, 3), by=clerk)
    service.refresh_from_db()
    assert (review.year, service.next_review_on) == (2026, date(2027, 3, 3))


@pytest.mark.parametrize(("day", "next_year"), [(date(2026, 3, 3), date(2027, 3, 3)), (date(2028, 2, 29), date(2029, 2, 28))])
def test_a_year_after_a_leap_day_is_the_last_of_february(day: date, next_year: date) -> None:
    assert a_year_after(day) == next_year


def test_not_suitable_needs_its_reason_in_public(service: Service, clerk: User) -> None:
    with pytest.raises(ValidationError, match="Say publicly why"):
        review_service(service=service, verdict="not_suitable", reviewed_on=date(2026, 3, 3), by=clerk)
    service.refresh_from_db()
    assert service.next_review_on is None


def test_a_service_is_reviewed_once_a_year_while_it_runs(service: Service, clerk: User) -> None:
    review_service(service=service, verdict="later", reviewed_on=date(2026, 3, 3), by=clerk)
    with pytest.raises(ValidationError):
        review_service(service=service, verdict="suitable", reviewed_on=date(2026, 9, 3), by=clerk)
    service.ended_on = date(2027, 1, 1)
    service.save()
    with pytest.raises(Refused, match="has ended"):
        review_service(service=service, verdict="suitable", reviewed_on=date(2027, 3, 3), by=clerk)
    assert SuitabilityReview.objects.count() == 1
