"""The words are marked where they stand, whatever the text holds."""

import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from governance.words import LONGEST_WORD, words_of
from home.search.passages import AROUND, marked, passage, spans_of


def test_a_passage_is_escaped_and_marked() -> None:
    text = "Ten <script>alert(1)</script> carers & friends met."
    expected = "Ten &lt;script&gt;alert(1)&lt;/script&gt; <mark>carers</mark> &amp; friends met."
    assert passage([text], ["carers"]) == (0, expected)


def test_accents_make_no_difference_and_longer_words_are_marked_whole() -> None:
    assert marked("Siân Ŵyn's carers", ["sian", "wyn", "carer"]) == (
        "<mark>Siân</mark> <mark>Ŵyn</mark>&#x27;s <mark>carers</mark>"
    )


def test_two_letters_are_a_word_and_no_beginning() -> None:
    assert marked("to tomorrow", ["to"]) == "<mark>to</mark> tomorrow"


def test_a_sign_of_two_words_is_marked_once() -> None:
    assert marked("½ day", ["1", "2"]) == "<mark>½</mark> day"


def test_a_word_is_not_marked_inside_another() -> None:
    assert spans_of("overcare and care", ["care"]) == [(13, 17)]


def test_the_text_with_the_most_of_the_words_is_shown() -> None:
    texts = ["Only care stands here.", "Here stand home and care."]
    assert passage(texts, ["home", "care"]) == (1, "Here stand <mark>home</mark> and <mark>care</mark>.")


def test_the_stretch_with_the_most_of_the_words_is_shown() -> None:
    text = f"care {'filler ' * 60}home care {'filler ' * 60}"
    assert "<mark>home</mark> <mark>care</mark>" in passage([text], ["home", "care"])[1]


def test_a_long_text_is_cut_between_words() -> None:
    _which, shown = passage([f"{'before ' * 60}carers {'after ' * 60}"], ["carers"])
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 2 * AROUND + 80


def test_the_beginning_is_shown_where_no_word_stands_in_the_text() -> None:
    assert passage(["", "It is about homes."], ["care"]) == (None, "It is about homes.")
    assert passage([], ["care"]) == (None, "")


@given(st.text(max_size=300), st.text(max_size=40))
def test_marking_loses_nothing_and_lets_nothing_through(text: str, query: str) -> None:
    shown = marked(text, words_of(query))
    plain = re.sub(r"</?mark>", "", shown)
    assert "<" not in plain
    assert unescape(plain) == text


@given(st.text(max_size=300))
@example("¼0")
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    words = [word for word in words_of(text) if len(word) < LONGEST_WORD]
    parts = {word for start, end in spans_of(text, words) for word in words_of(text[start:end])}
    assert set(words) <= parts
