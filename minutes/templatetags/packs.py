"""The words of packs on public pages and in the admin: `{% load packs %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from minutes import public_packs
from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.models import Pack

register = template.Library()
register.simple_tag(public_packs.packs_of, name="packs_of")
register.simple_tag(public_packs.pack_in_use, name="pack_in_use")
register.simple_tag(public_packs.packs_of_item, name="packs_of_item")


@register.filter
def pack_title(pack: Pack) -> str:
    """What a pack is called: “Agenda pack, large print”."""
    number = pack.supplement_number
    name = _("Supplement %(number)s") % {"number": number} if number else str(PackKind(pack.kind).label)
    return f"{name}{edition_words(pack)}"


@register.filter
def edition_words(pack: Pack) -> str:
    """How it is printed and for whom, where that is not the usual."""
    words = [PackEdition(pack.edition).label.lower()] if pack.edition != PackEdition.STANDARD else []
    if pack.audience == PackAudience.MEMBERS:
        words.append(_("for members"))
    return "".join(f", {word}" for word in words)


@register.filter
def change_words(how: str) -> Any:
    """What happened to a section, as a heading."""
    return {"added": _("New"), "changed": _("Changed"), "removed": _("Taken out")}[how]
