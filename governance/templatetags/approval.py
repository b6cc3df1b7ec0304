"""What the panel of a record says of its approval: `{% load approval %}`."""

from typing import Any

from django import template

from governance.models import ApprovalRequest

register = template.Library()


@register.simple_tag
def approval_of(record: Any) -> dict[str, Any]:
    """Whether a draft waits to be published, since when somebody was asked, and how it was returned last."""
    if not record.pk or record.is_frozen or (record.live and not record.has_unpublished_changes):
        return {"waits": False}
    last = ApprovalRequest.objects.filter(page=record.pk).last()
    asked = last.asked_at if last is not None and last.closed_at is None else None
    return {"waits": True, "asked_at": asked, "comment": last.comment if last is not None and asked is None else ""}
