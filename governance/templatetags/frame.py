"""What the frame of every page asks: `{% load frame %}`."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def stands_in(page: Any, section: Any) -> bool:
    """Whether a page is a section of the site or stands below it; whatever is not a page stands in none."""
    path = getattr(page, "path", "")
    return bool(path) and str(path).startswith(section.path)
