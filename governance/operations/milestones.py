"""Steps of an action that people can see done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import ActionPage
from governance.operations.publishing import publish_record


@transaction.atomic
def complete_milestone(*, action: ActionPage, name: str, done_on: date, by: Any, at: datetime | None = None) -> ActionPage:
    """Say that a milestone is done, and publish the action with it.

    Raises:
        Refused: the action has no such milestone, or it is done already.
    """
    page = ActionPage.objects.get(pk=action.pk)
    milestones = [milestone for milestone in page.milestones.all() if milestone.name == name]
    if not milestones:
        raise Refused(_("“%(action)s” has no milestone “%(name)s”.") % {"action": page, "name": name})
    if milestones[0].done_on is not None:
        raise Refused(_("“%(name)s” is done already.") % {"name": name})
    milestones[0].done_on = done_on
    page.milestones.add(milestones[0])
    return publish_record(page=page, by=by, at=at)
