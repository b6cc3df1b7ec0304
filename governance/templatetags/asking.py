"""What the editor of an action asks about its partners: `{% load asking %}`."""

from typing import Any

from django import template
from django.db.models import QuerySet

from governance.models import PartnerRequest
from governance.permissions import may_ask_partners

register = template.Library()


@register.simple_tag
def may_ask(action: Any, user: Any) -> bool:
    """Whether the person asks partners about an action."""
    return may_ask_partners(user, action)


@register.simple_tag
def requests_about(action: Any) -> QuerySet[PartnerRequest]:
    """Everything that was asked of partners about an action, as far as it is public."""
    return PartnerRequest.objects.public().filter(action_id=action.pk).select_related("organisation").order_by("-asked_on")
