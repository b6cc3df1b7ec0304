"""Numbers on an agenda: counted while nothing is public, kept once it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.enums import SubNumbers
from minutes.agenda_numbers import Place, moved, numbers

LETTERS, DECIMALS = SubNumbers.LETTERS, SubNumbers.DECIMALS


def agenda(words: str) -> list[Place]:
    """An agenda written in short: `5!` is public, `5=` printed elsewhere, `5` may move, `+` is new; `>` makes it a part."""
    places = []
    for key, word in enumerate(words.split()):
        bare = word.removeprefix(">")
        number = "" if bare == "+" else bare.rstrip("!=")
        kinds = {"stays": bare.endswith("!"), "is_printed": bare.endswith("="), "is_part": word.startswith(">")}
        places.append(Place(key, number, **kinds))
    return places


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("+ + +", "1 2 3"),
        ("2 1 3", "1 2 3"),
        ("1 3", "1 2"),
        ("+ >+ >+ + >+", "1 1a 1b 2 2a"),
        (">+ >+", "1 1a"),
        ("1! 2! +", "1 2 3"),
        ("1! + 2!", "1 1A 2"),
        ("1! + + 2! +", "1 1A 1B 2 3"),
        ("+ 1! 2!", "1A 1 2"),
        ("+ 1! + 2!", "1A 1 1B 2"),
        ("3! 1! 2! +", "3 1 2 4"),
        ("1! 1A! + 2!", "1 1A 1AA 2"),
        ("1! >1a! >+ >1b! 2!", "1 1a 1aa 1b 2"),
        ("1! >1a! >+ 2!", "1 1a 1b 2"),
        ("1! >1a! + 2!", "1 1a 1B 2"),
        ("1! >+ 2!", "1 1a 2"),
        ("1! 7! +", "1 7 2"),
        ("AOB= + +", "AOB 1 2"),
        ("+ 12(b)= + 3", "1 12(b) 2 3"),
        ("+ 1= +", "2 1 3"),
        ("AOB! + 5!", "AOB 1 5"),
        ("AOB! + 1!", "AOB AOBA 1"),
        ("1 2 3 4! +", "1 2 3 4 5"),
        ("1! + + 3! +", "1 2 2A 3 4"),
        ("1! >1a! >+ >1c!", "1 1a 1b 1c"),
    ],
)
def test_what_may_move_is_counted_and_what_is_public_stays(before: str, after: str) -> None:
    places = agenda(before)
    found = numbers(places)
    assert " ".join(found[place.key] for place in places) == after


@pytest.mark.parametrize(
    ("before", "after"), [("+ >+ >+", "1 1.1 1.2"), ("1! >1.1! >+ >1.2!", "1 1.1 1.1A 1.2"), ("1! >1.1! + 2!", "1 1.1 1A 2")]
)
def test_a_board_may_number_parts_with_points(before: str, after: str) -> None:
    assert " ".join(numbers(agenda(before), DECIMALS)[key] for key in range(len(after.split()))) == after


def test_only_what_moves_is_told() -> None:
    assert moved(agenda("1 2 4 5")) == {2: "3", 3: "4"}
    assert moved(agenda("1! 2!")) == {}


def test_a_number_past_the_alphabet() -> None:
    places = [Place(0, "1", stays=True), *(Place(key) for key in range(1, 29)), Place(29, "2", stays=True)]
    assert [numbers(places)[key] for key in (26, 27, 28)] == ["1Z", "1AA", "1AB"]


PLACES = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=14)


@given(PLACES, st.sampled_from([LETTERS, DECIMALS]))
def test_no_two_items_have_one_number_and_none_is_left_out_of_the_count(rows: list[tuple[bool, bool]], rule: str) -> None:
    places = [Place(key, is_part=part) for key, (_new, part) in enumerate(rows)]
    first = numbers(places, rule)
    whole = [int(number) for number in first.values() if number.isdigit()]
    assert sorted(whole) == list(range(1, len(whole) + 1))
    # What was there becomes public; the rest comes between.
    kept = [
        Place(place.key, first[place.key], not new, place.is_part) for place, (new, _part) in zip(places, rows, strict=True)
    ]
    then = numbers(kept, rule)
    assert len({number.casefold() for number in then.values()}) == len(places)
    assert all(then[place.key] == place.number for place in kept if place.stays)
    assert moved([Place(place.key, then[place.key], place.stays, place.is_part) for place in kept], rule) == {}
    assert all(re.fullmatch(r"\d+[A-Za-z0-9.]*", number) for number in then.values())
