"""`{% place "board.meetings" page %}`: what the apps above have put there."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from governance.places import placed_in

register = template.Library()


@register.simple_tag(takes_context=True)
def place(context: template.Context, name: str, record: Any = None) -> SafeString:
    """Everything that stands in the place, one after the other."""
    request = context.get("request")
    parts = (
        (render_to_string(placed.template, {"record": record, **placed.context(record, request)}, request=request),)
        for placed in placed_in(name)
    )
    return format_html_join("", "{}", parts)
