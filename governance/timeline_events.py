"""What governance itself knows of an action's chain: its public commitment, its updates and its workshops."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import ActionOrigin
from governance.models import Commitment, ProgressUpdatePage
from governance.story import corrections, live_updates, live_workshops
from governance.timeline import Event
from governance.wording import day


def events_of_action(action: Any) -> Iterator[Event]:
    """The events of one live action."""
    if action.origin == ActionOrigin.COMMITMENT:
        commitment = Commitment.objects.public().filter(pk=action.commitment_id).first()
        if commitment is not None and commitment.made_on:
            yield Event(commitment.made_on, _("Commitment"), commitment.source_title, summary=commitment.text)
    if action.first_published_at:
        public_on = timezone.localdate(action.first_published_at)
        yield Event(public_on, _("Action"), _("The action was put on the progress page"), rank=2)
    corrected = corrections(action)
    for update in live_updates(action):
        said = f"{update.get_status_display()}. {update.what_changed}"
        yield Event(update.date, _kind(update, corrected.get(update.pk)), update.title, update.get_url(), said, rank=4)
    for workshop in live_workshops(action):
        yield Event(timezone.localdate(workshop.starts_at), _("Workshop"), workshop.title, workshop.get_url(), rank=3)


def _kind(update: ProgressUpdatePage, correction: ProgressUpdatePage | None) -> str:
    """What an update is in the story: news, news that was wrong, or what puts it right."""
    if correction is not None:
        return _("Progress update, corrected on %(day)s") % {"day": day(correction.date)}
    if update.corrects_id and update.corrects and update.corrects.live:
        return _("Correction of the update of %(day)s") % {"day": day(update.corrects.date)}
    return _("Progress update")
