"""Words and shapes of the printed packs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django import template
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from minutes.enums import PackKind
from minutes.packs.content import AgendaLine, PackContent, Purpose
from minutes.packs.content_papers import PaperLine
from minutes.packs.prose import printable
from minutes.packs.registry import Section

register = template.Library()

PURPOSES: dict[str, str | Promise] = {
    Purpose.DECISION: _("For decision"),
    Purpose.DISCUSSION: _("For discussion"),
    Purpose.INFORMATION: _("For information"),
    Purpose.NOTING: _("To note"),
}

PACKS: dict[str, str | Promise] = {
    PackKind.AGENDA: _("Agenda and papers"),
    PackKind.MINUTES: _("Minutes"),
    PackKind.ACTIONS: _("Actions report"),
    PackKind.CONSOLIDATED: _("Agenda and papers, with supplements"),
    PackKind.SUPPLEMENT: _("Supplement to the agenda"),
    PackKind.DECISIONS: _("Decision sheet"),
    PackKind.ITEM: _("One item of the agenda"),
    PackKind.ANNUAL: _("Annual report"),
}


@register.simple_tag
def prose(text: str, level: int = 2, site_address: str = "") -> SafeString:
    """Rich text, safe for print; its first heading at `level`."""
    return mark_safe(printable(text, level=level, site_address=site_address))  # noqa: S308  # nosec B703  # made of listed tags only


@register.filter
def purpose_words(purpose: Purpose) -> str | Promise:
    """What the board is asked to do: "For decision"."""
    return PURPOSES[purpose]


@register.filter
def pack_name(kind: PackKind) -> str | Promise:
    """What the pack is called on its cover."""
    return PACKS[kind]


@register.filter
def pack_class(template_name: str) -> str:
    """The stylesheet's name for a section's pages: that of its template."""
    return template_name.rsplit("/", 1)[-1].removesuffix(".html")


@register.filter
def listed_besides(sections: Sequence[Section], items: Sequence[AgendaLine]) -> list[Section]:
    """What the contents list besides the items: sections of the first level that are no item's paper."""
    places = {item.place for item in items}
    return [section for section in sections[1:] if section.level == 1 and section.key not in {*places, "agenda"}]


@register.filter
def long_date(day: date) -> str:
    """Thursday 8 October 2026, as it stands: a pack is not read in another time zone."""
    return dateformat.format(day, "l j F Y")


@register.filter
def clock(moment: datetime) -> str:
    """2pm or 2:30pm, as it stands."""
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


@register.filter
def after(moment: datetime, minutes: int) -> datetime:
    """The moment so many minutes later."""
    return moment + timedelta(minutes=minutes)


@register.filter
def page_of(pages: Mapping[str, str], key: str) -> str:
    """The page a section starts on, or nothing for an item that has no paper in the pack."""
    return pages.get(key, "")


@register.filter
def untagged_papers(content: PackContent, untagged: Sequence[str]) -> list[tuple[AgendaLine, PaperLine]]:
    """The papers that a screen reader cannot read, each with its item."""
    return [(item, paper) for item in content.items for paper in item.papers if paper.key in untagged]
