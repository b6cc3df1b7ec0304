"""The order of an agenda: items, the parts of items and headings in one list, and how one of them moves. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

LONGEST_KEY = 18


class Kind(StrEnum):
    """What a line of the agenda is."""

    ITEM = "i"
    PART = "p"
    SECTION = "s"


@dataclass(frozen=True)
class Line:
    """One line of the agenda.

    Attributes:
        kind: an item, a part of the item before it, or a heading.
        key: of the item or of the heading.
    """

    kind: Kind
    key: int

    def __str__(self) -> str:
        return f"{self.kind}{self.key}"

    @property
    def of(self) -> tuple[bool, int]:
        """Which row it stands for, whether it is a part or not."""
        return self.kind == Kind.SECTION, self.key


class Move(StrEnum):
    """How a line is moved without dragging it."""

    UP = "up"
    DOWN = "down"
    PART = "part"
    WHOLE = "whole"


def read_order(written: str) -> list[Line]:
    """An order as a form sends it, such as `s3 i12 p15`.

    Raises:
        ValueError: it is not written so, or names a line twice; in plain words.
    """
    lines = [read_line(word) for word in written.split()]
    if len({line.of for line in lines}) != len(lines):
        raise ValueError(_("The order that was sent names a line twice. Load the page again."))
    return lines


def read_line(written: str) -> Line:
    """One line as a form sends it, such as `i12`.

    Raises:
        ValueError: it is not written so; in plain words.
    """
    kind, key = written[:1], written[1:]
    if kind not in set(Kind) or not (key.isascii() and key.isdigit()) or len(key) > LONGEST_KEY:
        raise ValueError(_("The order that was sent cannot be read. Load the page again."))
    return Line(Kind(kind), int(key))


def read_move(written: str) -> Move:
    """A move as a form sends it.

    Raises:
        ValueError: there is no such move; in plain words.
    """
    if written not in set(Move):
        raise ValueError(_("There is no such move. Load the page again."))
    return Move(written)


def write_order(lines: Sequence[Line]) -> str:
    """An order as a form sends it."""
    return " ".join(map(str, lines))


def settled(lines: Sequence[Line]) -> list[Line]:
    """An order in which every part has an item before it under the same heading. One without is an item of its own."""
    found: list[Line] = []
    has_item = False
    for line in lines:
        if line.kind == Kind.PART and not has_item:
            line = replace(line, kind=Kind.ITEM)
        has_item = line.kind != Kind.SECTION
        found.append(line)
    return found


def moved(lines: Sequence[Line], line: Line, move: Move) -> list[Line]:
    """The order after a line was moved. An item takes its parts with it; where it cannot move, the order stays.

    Raises:
        ValueError: the line is not on the agenda; in plain words.
    """
    if line not in lines:
        raise ValueError(_("That line is not on the agenda any more."))
    if move in {Move.PART, Move.WHOLE}:
        if line.kind == Kind.SECTION:
            return list(lines)
        kind = Kind.PART if move == Move.PART else Kind.ITEM
        return settled([replace(each, kind=kind) if each == line else each for each in lines])
    blocks = [[each] for each in lines] if line.kind == Kind.PART else _families(lines)
    place = next(number for number, block in enumerate(blocks) if block[0] == line)
    other = place + (-1 if move == Move.UP else 1)
    if 0 <= other < len(blocks):
        blocks[place], blocks[other] = blocks[other], blocks[place]
    return settled([each for block in blocks for each in block])


def moved_below(lines: Sequence[Line], line: Line, section: Line) -> list[Line]:
    """The order after an item was put at the end of what stands below a heading.

    Raises:
        ValueError: the line or the heading is not on the agenda; in plain words.
    """
    if line not in lines or section not in lines or section.kind != Kind.SECTION:
        raise ValueError(_("That line is not on the agenda any more."))
    family = next((block for block in _families(lines) if block[0] == line), [line])
    if line.kind == Kind.SECTION:
        return list(lines)
    rest = [each for each in lines if each not in family]
    place = rest.index(section) + 1
    while place < len(rest) and rest[place].kind != Kind.SECTION:
        place += 1
    whole = [replace(each, kind=Kind.ITEM) if each == line else each for each in family]
    return settled([*rest[:place], *whole, *rest[place:]])


def _families(lines: Sequence[Line]) -> list[list[Line]]:
    """Headings and items, each item with its parts."""
    families: list[list[Line]] = []
    for line in lines:
        if line.kind == Kind.PART and families and families[-1][0].kind != Kind.SECTION:
            families[-1].append(line)
        else:
            families.append([line])
    return families
