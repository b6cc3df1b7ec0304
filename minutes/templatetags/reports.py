"""What the pages of reports ask: `{% load reports %}`."""

from datetime import date
from typing import Any

from django import template

from governance.wording import day

register = template.Library()


@register.filter
def in_a_cell(value: Any) -> str:
    """A cell in words: a day in full, a dash for nothing."""
    if isinstance(value, date):
        return day(value)
    return "–" if value in (None, "") else str(value)
