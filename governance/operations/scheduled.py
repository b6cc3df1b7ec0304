"""Publishing and taking down what an editor scheduled. One record that is refused never keeps the others waiting."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Page, Revision

from governance.exceptions import Refused
from governance.models import RecordPage

REFUSED = "resolved.plan_refused"
logger = logging.getLogger(__name__)


def publish_due(*, at: datetime | None = None) -> int:
    """Take down and publish every page whose time has come.

    What a rule refuses stays as it is and is no longer scheduled; the page's history says so.

    Args:
        at: what counts as due; now unless said.

    Returns:
        How many pages were due.
    """
    at = at or timezone.now()
    ending = [page.specific for page in Page.objects.live().filter(expire_at__lt=at).order_by("expire_at")]
    beginning = list(Revision.page_revisions.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at"))
    for page in ending:
        _unless_refused(partial(_take_down, page), partial(_keep_up, page))
    for revision in beginning:
        publish = partial(revision.publish, log_action="wagtail.publish.scheduled")
        _unless_refused(publish, partial(_leave_as_draft, revision))
    return len(ending) + len(beginning)


def _unless_refused(act: Callable[[], Any], otherwise: Callable[[str], Any]) -> None:
    try:
        with transaction.atomic():
            act()
    except (Refused, ValidationError) as refusal:
        reason = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        logger.warning("What was scheduled is refused: %s", reason)
        otherwise(reason)


def _take_down(page: Any) -> None:
    if isinstance(page, RecordPage) and page.is_frozen:
        raise Refused(page.frozen_because)
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _keep_up(page: Any, reason: str) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    log(instance=page, action=REFUSED, data={"reason": reason})


def _leave_as_draft(revision: Any, reason: str) -> None:
    revision.approved_go_live_at = None
    # Wagtail writes into the page's history that the schedule was cancelled.
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=revision.content_object, action=REFUSED, data={"reason": reason}, revision=revision)
