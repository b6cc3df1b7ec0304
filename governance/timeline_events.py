"""What governance itself knows of an action's chain: its public commitment, its updates and its workshops."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import ActionOrigin
from governance.models import Commitment, ProgressUpdatePage, WorkshopPage
from governance.timeline import Event


def events_of_action(action: Any) -> Iterator[Event]:
    """The events of one live action."""
    if action.origin == ActionOrigin.COMMITMENT:
        commitment = Commitment.objects.public().filter(pk=action.commitment_id).first()
        if commitment is not None and commitment.made_on:
            yield Event(commitment.made_on, _("Commitment"), commitment.source_title, summary=commitment.text)
    if action.first_published_at:
        day = timezone.localdate(action.first_published_at)
        yield Event(day, _("Action"), _("The action was put on the progress page"), rank=2)
    for update in ProgressUpdatePage.objects.child_of(action).live().order_by("date", "path"):
        said = f"{update.get_status_display()}. {update.what_changed}"
        yield Event(update.date, _("Progress update"), update.title, update.get_url(), said, rank=4)
    for workshop in WorkshopPage.objects.child_of(action).live():
        yield Event(timezone.localdate(workshop.starts_at), _("Workshop"), workshop.title, workshop.get_url(), rank=3)
