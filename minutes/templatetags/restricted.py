"""What pages ask about parts of items that are not for publication: what of them is public, and where the others are opened."""

from typing import Any

from django import template

from minutes.models import ClosedConfirmation, RestrictedPart, RestrictedRelease
from minutes.operations.restricting import removal_asked
from minutes.restricted_reading import may_read_restricted, may_release_restricted, may_write_restricted

register = template.Library()


@register.simple_tag
def public_summary_of(item: Any) -> str:
    """The public summary of what was taken in private; empty where none is public."""
    part = RestrictedPart.objects.with_public_summary().filter(item=item.pk).first()
    return part.public_summary if part is not None else ""


@register.simple_tag
def closed_confirmation_of(item: Any) -> ClosedConfirmation | None:
    """The confirmation of the closed minute of an item, of which the public reads the day."""
    return ClosedConfirmation.objects.public().filter(part__item=item.pk).first()


@register.simple_tag
def release_of(item: Any) -> RestrictedRelease | None:
    """What of it was released last, if anything was."""
    return RestrictedRelease.objects.public().filter(item=item.pk).first()


@register.simple_tag
def restricted_door(item: Any, user: Any) -> dict[str, bool]:
    """Whether the person opens the part of an item, and whether they may begin one."""
    part = RestrictedPart.objects.filter(item=item.pk).select_related("item").first()
    if part is not None:
        return {"opens": may_read_restricted(user, part), "begins": False}
    return {"opens": False, "begins": may_write_restricted(user, item)}


@register.simple_tag
def removal_door(item: Any, user: Any) -> dict[str, Any]:
    """The move of words to the private part that waits, for those who write or publish for the board, and what they do with it."""
    writes, releases = may_write_restricted(user, item), may_release_restricted(user, item)
    waiting = removal_asked(item) if writes or releases else None
    return {"waiting": waiting, "carries_out": releases, "asks": writes and item.pk is not None}
