"""What a pack is made of: sections, and the kinds that give them. A higher app adds a kind; nothing here knows who."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes.packs.content import Audience, PackContent, PackKind


@dataclass(frozen=True, kw_only=True)
class Section:
    """A run of pages that is rendered, kept and bookmarked as one."""

    key: str
    """Its name within the pack; links in other sections say `pack:` and this."""
    title: str
    """The bookmark's words."""
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the template gets besides `content`. Nothing else: what is not here cannot be printed."""
    level: int = 1
    """The bookmark's depth; a section of level 2 is listed below the level 1 before it."""
    foot: str = ""
    """Printed at the inside of the foot: the item's number and title."""
    lists_pages: bool = False
    """Whether it prints other sections' page numbers, and so is rendered after them."""
    stored_pdf: Path | None = None
    """A finished PDF placed as it is, instead of a template: a paper that was uploaded."""

    def __post_init__(self) -> None:
        """Refuse a section that comes from nowhere or from two places.

        Raises:
            ValueError: it has neither a template nor a stored PDF, or both.
        """
        if bool(self.template) == bool(self.stored_pdf):
            raise ValueError(f"Section {self.key} needs either a template or a stored PDF.")


@dataclass(frozen=True, kw_only=True)
class SectionKind:
    """A rule that gives sections to packs."""

    name: str
    order: int
    """Kinds are asked from the lowest to the highest."""
    packs: frozenset[PackKind]
    sections: Callable[[PackContent], Iterable[Section]]
    audiences: frozenset[Audience] = frozenset(Audience)


class SectionKindExists(Exception):
    """Two section kinds were registered with one name."""


_kinds: dict[str, SectionKind] = {}


def register(kind: SectionKind) -> None:
    """Let a kind give sections to every pack planned from now on.

    Raises:
        SectionKindExists: the name is taken.
    """
    if kind.name in _kinds:
        raise SectionKindExists(f"A section kind named {kind.name} is already registered.")
    _kinds[kind.name] = kind


def kinds_for(content: PackContent) -> list[SectionKind]:
    """The kinds that are asked for this pack, in order."""
    asked = [kind for kind in _kinds.values() if content.kind in kind.packs and content.audience in kind.audiences]
    return sorted(asked, key=lambda kind: (kind.order, kind.name))
