"""How the items of an agenda are numbered: what may still move is counted, what is public stays. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from string import ascii_lowercase, ascii_uppercase

from governance.enums import SubNumbers


@dataclass(frozen=True)
class Place:
    """An item in its place on an agenda. Headings have no number and are not among them.

    Attributes:
        key: of the item.
        number: the one it has; empty while it has none.
        stays: whether that number does not move, because it is public.
        is_printed: whether it was printed elsewhere: it does not move either, and nothing is counted from it.
        is_part: whether it is a part of the item before it, such as 5a.
    """

    key: int
    number: str = ""
    stays: bool = False
    is_part: bool = False
    is_printed: bool = False


def numbers(places: Sequence[Place], rule: str = SubNumbers.LETTERS) -> dict[int, str]:
    """The number of each item, by its key.

    While nothing stays, items count 1, 2, 3 and their parts 5a, 5b or 5.1, 5.2. An item that comes between two whose numbers stay
    takes a number that is free between them, else the one before it with a capital letter, 5A; a part between 5a and 5b is 5aa, between 5.1 and 5.2 it is 5.1A.

    Args:
        places: the items in the order of the agenda.
        rule: one of `SubNumbers`, the board's own.
    """
    found = {place.key: place.number for place in places if _is_set(place)}
    taken = {number.casefold() for number in found.values()}
    tops, parts = _families(places)
    _count(tops, _whole_numbers(), _with_capital, found, taken)
    for top, below in parts.items():
        _count(
            below, _part_numbers(found[top], rule), _with_capital if rule == SubNumbers.DECIMALS else _with_small, found, taken
        )
    return found


def moved(places: Sequence[Place], rule: str = SubNumbers.LETTERS) -> dict[int, str]:
    """The numbers that are not as they were, by the key of the item: nothing else has to be written."""
    before = {place.key: place.number for place in places}
    return {key: number for key, number in numbers(places, rule).items() if number != before[key]}


def _is_set(place: Place) -> bool:
    return (place.stays or place.is_printed) and bool(place.number)


def _is_counted_from(place: Place) -> bool:
    return _is_set(place) and not place.is_printed


def _families(places: Sequence[Place]) -> tuple[list[Place], dict[int, list[Place]]]:
    """The items that are no parts, and the parts of each. A part with nothing before it is an item like any other."""
    tops: list[Place] = []
    parts: dict[int, list[Place]] = {}
    for place in places:
        if place.is_part and tops:
            parts.setdefault(tops[-1].key, []).append(place)
        else:
            tops.append(place)
    return tops, parts


def _count(
    row: Sequence[Place],
    usual: Iterator[str],
    between: Callable[[str], Iterator[str]],
    found: dict[int, str],
    taken: set[str],
) -> None:
    """Number what may move in one row: in the gap before a number that stays, where there is none with a letter; else by counting on."""
    steps = list(islice(usual, len(row) + len(taken) + 1))
    ranks = {step: rank for rank, step in enumerate(steps, start=1)}
    stay = [(place, ranks.get(each.number, 0)) for place, each in enumerate(row) if _is_counted_from(each)]
    base = next((each.number for each in row if _is_counted_from(each)), "")
    rank = 0
    for place, each in enumerate(row):
        if _is_set(each):
            base = each.number if _is_counted_from(each) else base
            rank = ranks.get(each.number, rank) if _is_counted_from(each) else rank
            continue
        following = next((known for later, known in stay if later > place), None)
        found[each.key] = _free(_choices(steps, rank, following, between(base)), taken)
        taken.add(found[each.key].casefold())
        if following is not None and found[each.key] in ranks:
            base, rank = found[each.key], ranks[found[each.key]]


def _choices(steps: Sequence[str], rank: int, following: int | None, letters: Iterator[str]) -> Iterator[str]:
    """What an item may be numbered: after the last number that stays anything, before one only what is less."""
    if following is None:
        return iter(steps)
    return chain(steps[rank : max(following - 1, rank)], letters)


def _free(choices: Iterator[str], taken: set[str]) -> str:
    """The first that is not taken. Capitals and small letters are not enough to tell two numbers apart."""
    return next(number for number in choices if number.casefold() not in taken)


def _whole_numbers() -> Iterator[str]:
    return map(str, count(1))


def _part_numbers(top: str, rule: str) -> Iterator[str]:
    if rule == SubNumbers.DECIMALS:
        return (f"{top}.{number}" for number in count(1))
    return (f"{top}{letters}" for letters in _letters(ascii_lowercase))


def _with_capital(base: str) -> Iterator[str]:
    return (f"{base}{letters}" for letters in _letters(ascii_uppercase))


def _with_small(base: str) -> Iterator[str]:
    return (f"{base}{letters}" for letters in _letters(ascii_lowercase))


def _letters(alphabet: str) -> Iterator[str]:
    """A to Z, then AA to ZZ, and so on."""
    for number in count(1):
        yield from _of_length(alphabet, number)


def _of_length(alphabet: str, length: int) -> Iterator[str]:
    if length == 1:
        yield from alphabet
        return
    for start in _of_length(alphabet, length - 1):
        yield from (f"{start}{letter}" for letter in alphabet)
