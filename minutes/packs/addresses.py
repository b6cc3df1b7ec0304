"""The permanent addresses that a pack prints."""

from django.urls import reverse

from governance.addresses import absolute
from governance.numbering import reference_slug


def address(reference: str | None) -> str:
    """The permanent address of a reference, in full; empty without one."""
    if not reference:
        return ""
    return absolute(reverse("reference", args=[reference_slug(reference)]))
