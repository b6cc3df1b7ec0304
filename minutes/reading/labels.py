"""The numbers, letters and bullets that stand before clauses, and whether one follows another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SYMBOL = r"\d{1,2}|[A-Za-z]|[ivxIVX]{2,6}"
_LABEL = re.compile(
    rf"(?:\(\s?(?P<both>{_SYMBOL})\s?\)|(?P<half>{_SYMBOL})\)|(?P<dot>{_SYMBOL})\.(?![\d.])|(?P<decimal>\d{{1,3}}\.\d{{1,2}})\.?(?=\s)"
    r"|(?P<bare>\d{1,2})(?=\s(?:[A-Z]|to\b))|(?P<bullet>[·•▪◦●○‣∙§\uf0b7]|[-–—o](?=\s)))\s*"
)
_AFTER_STOP = re.compile(r"(?<=[.;:,]) |(?<=\band) |(?<=[a-z0-9)]) (?=\S{1,7} (?:That|To|to) )")
_BULLET_INSIDE = re.compile(r" (?=[·•▪◦●‣] )")
_FIRST_INSIDE = re.compile(r"(?<=[:–-]) |(?<=[Tt]hat) ")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, its form, and the place it can mean in each alphabet (``i`` is 9th as a letter, 1st as Roman)."""

    printed: str
    form: str
    places: tuple[tuple[str, int], ...]
    rest: str

    def place(self, alphabet: str) -> int | None:
        """The place of the label in ``alphabet``, or None where it is not of that alphabet."""
        return dict(self.places).get(alphabet)

    def opens(self) -> bool:
        """Whether a list can begin with this label."""
        return self.form == "bullet" or any(place == 1 for _, place in self.places)


def _roman(symbol: str) -> int | None:
    total = 0
    values = [_ROMAN.get(letter, 0) for letter in symbol.lower()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        if not value:
            return None
        total += -value if value < following else value
    return total


def _places(symbol: str) -> tuple[tuple[str, int], ...]:
    if symbol.isdigit():
        return (("digit", int(symbol)),)
    places = []
    case = "upper" if symbol.isupper() else "lower"
    if (roman := _roman(symbol)) is not None:
        places.append((f"roman {case}", roman))
    if len(symbol) == 1:
        places.append((f"letter {case}", ord(symbol.lower()) - ord("a") + 1))
    return tuple(places)


def label_of(text: str) -> Label | None:
    """The label ``text`` begins with, or None."""
    match = _LABEL.match(text)
    if match is None:
        return None
    form = str(match.lastgroup)
    symbol = match.group(form)
    printed = match.group().strip()
    rest = text[match.end() :]
    if form == "bullet":
        return Label(printed, form, (), rest)
    if form == "decimal":
        whole, part = symbol.split(".")
        return Label(printed, form, ((whole, int(part)),), rest)
    return Label(printed, form, _places(symbol), rest)


_BARE_LETTER = re.compile(r"(?P<letter>[A-Z]) (?=[A-Z])")


def bare_letters(texts: Sequence[str]) -> dict[int, Label]:
    """The lines, by index, that begin with a letter and nothing after it: A, B and so on in their turn, beginning with the first or second line.

    One alone is no list: "A" is also a word.
    """
    found: dict[int, Label] = {}
    for index, text in enumerate(texts):
        match = _BARE_LETTER.match(text)
        if match and _places(match["letter"])[-1][1] == len(found) + 1:
            found[index] = Label(match["letter"], "capital", (("letter upper", len(found) + 1),), text[match.end() :])
    return found if len(found) > 1 and min(found) <= 1 else {}


@dataclass(frozen=True, slots=True)
class Position:
    """How far a list of one form has come."""

    form: str
    alphabets: tuple[tuple[str, int], ...]

    @classmethod
    def at(cls, label: Label) -> "Position":
        """The position of a list whose latest label is ``label``."""
        return cls(label.form, label.places)

    def step(self, label: Label) -> tuple[int, "Position"] | None:
        """How many places ``label`` is further on (0 a repeat, below 0 a restart) and the new position; None for another kind."""
        if label.form != self.form:
            return None
        if label.form == "bullet":
            return 1, Position.at(label)
        steps = [(place - last, name, place) for name, last in self.alphabets if (place := label.place(name)) is not None]
        if not steps:
            return None
        exact = next((step for step in steps if step[0] == 1), steps[0])
        return exact[0], Position(self.form, ((exact[1], exact[2]),))


def split_clauses(text: str) -> list[str]:
    """``text`` cut before each label where a whole list was flattened on to one line; otherwise ``[text]``.

    A number is taken as a label only in its turn and after a stop, so that "Minute No. 133(2)" stays in its clause.
    """
    pieces = [piece for part in _BULLET_INSIDE.split(text) for piece in _numbered(part)]
    return [piece for piece in pieces if piece]


def _numbered(text: str) -> Iterator[str]:
    start = 0
    label = label_of(text)
    if label is None or not label.opens() or label.form == "bullet":
        opening = _first_inside(text)
        if opening is None and (label is None or label.form in ("bullet", "decimal")):
            yield text
            return
        if opening is not None:
            start, label = opening
            yield text[:start].strip()
    if label is None:
        return
    position = Position.at(label)
    for gap in _AFTER_STOP.finditer(text, start + 1):
        following = label_of(text[gap.end() : gap.end() + 12])
        step = position.step(following) if following and following.rest else None
        if step and step[0] == 1:
            yield text[start : gap.start()].strip()
            start, position = gap.end(), step[1]
    yield text[start:].strip()


def _first_inside(text: str) -> tuple[int, Label] | None:
    """Where a list begins after a stem on the same line, provided its second label follows too."""
    for gap in _FIRST_INSIDE.finditer(text):
        label = label_of(text[gap.end() : gap.end() + 12])
        if label is None or not label.opens() or label.form in ("bullet", "bare", "decimal") or not label.rest:
            continue
        return gap.end(), label
    return None
