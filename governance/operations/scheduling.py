"""Publishing what is planned for a time, each record whole or not at all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Revision

from governance.exceptions import Refused


def publish_planned() -> int:
    """Publish every version whose time has come. Returns how many were published.

    What a rule refuses stays as it is: its plan is taken back and the reason stands in the page's history, so that it does not
    hold up what is planned after it.
    """
    planned = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at", "pk")
    return sum(_publish(revision) for revision in list(planned))


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except (Refused, ValidationError) as refusal:
        reason = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=revision.content_object, action="resolved.plan_refused", data={"reason": reason}, revision=revision)
        return False
    return True
