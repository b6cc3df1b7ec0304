"""Promises in a few lines, on the pages of boards, strategies and workstreams: `{% load roll_ups %}`."""

from typing import Any

from django import template
from django.utils import timezone

from governance.roll_up import roll_up

register = template.Library()


@register.inclusion_tag("governance/pieces/roll_up.html", takes_context=True)
def roll_up_of(context: template.Context, name: str, value: Any, list_follows: bool = False) -> dict[str, Any]:
    """Where the promises of a record stand.

    Args:
        name: the filter of the progress list, such as `board`.
        value: its value, such as the board's code.
        list_follows: whether the page goes on with a list of these promises.
    """
    frame = context.get("frame")
    return {
        "list_follows": list_follows,
        "roll_up": roll_up(name, str(value), timezone.localdate()),
        "progress": frame["progress"] if frame else None,
        "request": context.get("request"),
    }
