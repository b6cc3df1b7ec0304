"""What a pack is made of: sections, and the kinds that give them. A higher app adds a kind; nothing here knows who."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minutes.enums import PackAudience, PackKind
from minutes.packs.content import PackContent
from minutes.packs.content_papers import PaperLine


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
    paper: PaperLine | None = None
    """A paper that was uploaded, bound as it is instead of a template."""
    is_front: bool = False
    """Whether it only leads to the others, and so says nothing that could have changed: cover, contents."""
    starts_right: bool = True
    """Whether it begins on a right-hand page when printed on two sides."""
    came_with: int = 0
    """The supplement that brought it; 0 for what came with the agenda."""
    marked: str = ""
    """Printed on every page of it: "Not for publication"."""

    def __post_init__(self) -> None:
        """Refuse a section that comes from nowhere or from two places.

        Raises:
            ValueError: it has neither a template nor a paper, or both.
        """
        if bool(self.template) == bool(self.paper):
            raise ValueError(f"Section {self.key} needs either a template or a paper.")


@dataclass(frozen=True, kw_only=True)
class SectionKind:
    """A rule that gives sections to packs."""

    name: str
    order: int
    """Kinds are asked from the lowest to the highest."""
    packs: frozenset[PackKind]
    sections: Callable[[PackContent], Iterable[Section]]
    audiences: frozenset[PackAudience] = frozenset(PackAudience)


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
