"""Which sections a pack has, and in what order: decided before anything is rendered, without a query."""

import re
from dataclasses import replace

from governance.enums import StandingKind
from minutes.packs.content import AgendaLine, PackContent
from minutes.packs.registry import Section, kinds_for, register
from minutes.packs.sections import STANDARD

# What an item is called whose paper the pack brings anyway. Minutes of another body are not meant, so the words are asked for exactly.
_LAST_MINUTES = re.compile(
    r"\bminutes of the (last|previous) meeting\b|^(draft )?minutes( of the meeting (of|held on)\b.*)?$", re.IGNORECASE
)
_ACTIONS = re.compile(
    r"^(matters arising|actions?|actions? (log|list|report|tracker)|(progress|update|report) on (the )?actions)"
    r"( from (the )?(last|previous) meetings?)?$",
    re.IGNORECASE,
)

SECTIONS: dict[str, str] = {StandingKind.MINUTES: "previous-minutes", StandingKind.ACTIONS: "actions"}
"""The section that is the paper of a standing item."""

for _kind in STANDARD:
    register(_kind)


def plan(content: PackContent) -> tuple[Section, ...]:
    """The sections of this pack, in printed order.

    Raises:
        ValueError: two sections have one key.
    """
    content = as_printed(content)
    sections = tuple(section for kind in kinds_for(content) for section in kind.sections(content))
    if len({section.key for section in sections}) != len(sections):
        raise ValueError("Two sections of the pack have the same key.")
    return sections


def section_that_answers(title: str, standing_kind: str = "") -> str:
    """The section that is the paper of a standing item, or of one of this title, when it brings none itself; empty for most items."""
    if standing_kind in SECTIONS:
        return SECTIONS[standing_kind]
    words = title.strip().rstrip(".")
    if _LAST_MINUTES.search(words):
        return "previous-minutes"
    return "actions" if _ACTIONS.match(words) else ""


def as_printed(content: PackContent) -> PackContent:
    """The content with every restricted item reduced to what the public may know of it."""
    return replace(content, items=tuple(map(_public_face, content.items)))


def _public_face(item: AgendaLine) -> AgendaLine:
    """A restricted item as a new line that has only its number, purpose, time, address and restriction."""
    if item.restricted is None:
        return item
    return AgendaLine(
        number=item.number,
        title=item.restricted.public_title,
        purpose=item.purpose,
        minutes_planned=item.minutes_planned,
        reference=item.reference,
        address=item.address,
        came_with=item.came_with,
        restricted=item.restricted,
        heading=item.heading,
    )
