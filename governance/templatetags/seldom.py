"""Lists of a record that are mostly empty: `{% load seldom %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

from governance.seldom_filled import is_empty

register = template.Library()


@register.simple_tag
def rows_of(record: Any, name: str) -> Iterable[Any]:
    """The rows on a list of a record, such as `{% rows_of page "evidence" as evidence %}`."""
    return () if is_empty(record, name) else getattr(record, name).all()
