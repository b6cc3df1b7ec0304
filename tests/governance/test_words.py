"""Words are compared without case, accents and punctuation."""

from hypothesis import given
from hypothesis import strategies as st

from governance.words import LONGEST_WORD, folded, words_of


def test_accents_and_case_make_no_difference() -> None:
    assert words_of("Siân Ŵyn, TŶ DŴR; Straße ﬁve") == ["sian", "wyn", "ty", "dwr", "strasse", "five"]


def test_a_reference_is_its_parts() -> None:
    assert words_of("HWB/2026-27/38(1)") == ["hwb", "2026", "27", "38", "1"]


def test_what_search_engines_take_for_orders_is_no_word() -> None:
    assert words_of(' "home* care" (^) \x00 _ {} : \\ ') == ["home", "care"]


def test_an_endless_word_is_cut() -> None:
    assert words_of("a" * 5000) == ["a" * LONGEST_WORD]


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert words_of(" ".join(words_of(text))) == words_of(text)


@given(st.text(st.characters(codec="ascii")))
def test_plain_letters_are_folded_as_all_others_are(text: str) -> None:
    assert folded(text) == folded(f"{text}é").removesuffix("e")
