"""The yearly question put to every service: could this be co-produced?"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import ActionPage, Service, SuitabilityReview


@transaction.atomic
def review_service(
    *, service: Service, verdict: str, reviewed_on: date, by: Any, reason: str = "", action: ActionPage | None = None
) -> SuitabilityReview:
    """Record a year's judgement of a service, and set the next one a year later.

    Args:
        verdict: suitable now, later, or not; the last needs its reason in public.
        by: who records it.
        action: the action that followed from it.

    Raises:
        Refused: the service has ended.
        ValidationError: the year is reviewed already, or a reason is missing.
    """
    if service.ended_on is not None and service.ended_on <= reviewed_on:
        raise Refused(_("“%(service)s” has ended, so it is not reviewed any more.") % {"service": service})
    review = SuitabilityReview(
        service=service, year=reviewed_on.year, verdict=verdict, reason=reason, reviewed_on=reviewed_on, action=action
    )
    review.full_clean()
    review.save()
    service.next_review_on = a_year_after(reviewed_on)
    service.save(update_fields=["next_review_on"])
    return review


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
