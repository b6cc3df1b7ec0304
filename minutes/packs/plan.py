"""Which sections a pack has, and in what order: decided before anything is rendered, without a query."""

from dataclasses import replace

from minutes.packs.content import AgendaLine, PackContent
from minutes.packs.registry import Section, kinds_for, register
from minutes.packs.sections import STANDARD

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
        restricted=item.restricted,
    )
