"""Lists of a record that are mostly empty: `{% load seldom %}`."""

from typing import Any

from django import template

from governance import gathering

register = template.Library()


@register.simple_tag
def rows_of(record: Any, name: str) -> list[Any]:
    """The rows on a list of a record, such as `{% rows_of page "evidence" as evidence %}`."""
    return gathering.rows_of(record, name)
