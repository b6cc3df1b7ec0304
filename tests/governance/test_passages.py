"""Words are found however they are written, and nothing else is touched."""

import json
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.passages import Passages, passages_in

MARK = "[Removed]"
WORDS = "Beckside & Sons: £4.2 million"


def marked(*words: str) -> Passages:
    """Passages with a marker."""
    return Passages.of(words).marked(marker=MARK, slug="removed-7")


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "Beckside &amp; Sons: &pound;4.2 million",
        "Beckside &#38; Sons: &#xA3;4.2&nbsp;million",
        "Beckside  &\n\tSons:\u00a0£4.2 million",
        "Beck<b>side</b> &amp; <i>Sons: £4.2</i> million",
        "Beck\u00adside & Sons: £4.2 mil\u200blion",
        'alt="Beckside & Sons: £4.2 million"',
        json.dumps({"text": WORDS}),
        json.dumps([{"value": json.dumps(f"<p>{WORDS}</p>")}]),
        urlencode({"body": f"<p>{WORDS}</p>", "other": "kept"}),
    ],
)
def test_the_same_words_written_otherwise_are_found(text: str) -> None:
    new, number = marked(WORDS).replaced(text)
    assert number == 1
    assert "Sons" not in new and "Removed" in new
    assert marked(WORDS).count(new) == 0


def test_tags_keep_their_other_half() -> None:
    new, number = marked("one two").replaced("<p>one <b>two</b> three</p><p><i>one</i></p><p>two</p>")
    assert (new, number) == (f"<p>{MARK}<b></b> three</p><p><i>{MARK}</i></p><p></p>", 2)


def test_a_letter_with_its_accent_apart_is_the_same_letter() -> None:
    assert marked("Siân Jones").replaced("Sia\u0302n Jones came")[0] == f"{MARK} came"


@pytest.mark.parametrize("text", ["Annual report", "Joann", "ann", "An n", "a=1&b=2", "{not json", "[", ""])
def test_words_within_longer_ones_and_in_another_case_stay(text: str) -> None:
    assert marked("Ann").replaced(text) == (text, 0)


def test_longer_passages_go_first_and_each_line_is_one() -> None:
    assert passages_in(" one\n\n one  two \none") == ["one two", "one"]
    assert marked("one\none two").replaced("one two, one") == (f"{MARK}, {MARK}", 2)


def test_values_keep_their_form() -> None:
    value = {"a": ["one two", 3, None, {"one two": True}], "b": 1.5}
    new, number = marked("one two").replaced(value)
    assert (new, number) == ({"a": [MARK, 3, None, {MARK: True}], "b": 1.5}, 2)


def test_a_form_keeps_its_other_values() -> None:
    new, _number = marked("one two").replaced(urlencode([("a", "one two"), ("b", "x & y"), ("b", "")]))
    assert parse_qs(new, keep_blank_values=True) == {"a": [MARK], "b": ["x & y", ""]}


def test_an_editor_of_blocks_is_not_told_of_bold_words_that_are_gone() -> None:
    block = {"text": "So one two.", "inlineStyleRanges": [{"offset": 3, "length": 7, "style": "BOLD"}], "entityRanges": [1]}
    new, _number = marked("one two").replaced({"blocks": [block]})
    assert new == {"blocks": [{"text": f"So {MARK}.", "inlineStyleRanges": [], "entityRanges": []}]}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/boards/hwb/7-home-care-contract-with-beckside/", "/boards/hwb/7-removed-7/"),
        ("https://example.org/7-home-care-contract-with-beckside/minute/", "https://example.org/7-removed-7/minute/"),
        ("7-home-care-contract-with", "7-removed-7"),
        ("7-home-care-contract-within-reach", "7-home-care-contract-within-reach"),
        ("care-home-care-contracts-with-beckside", "care-home-care-contracts-with-beckside"),
        ("athome-care-contract-with-beckside", "athome-care-contract-with-beckside"),
    ],
)
def test_addresses_made_of_the_words_are_others(address: str, expected: str) -> None:
    assert marked("Home care contract with Beckside").replaced(address)[0] == expected


def test_a_single_word_is_looked_for_in_addresses_alone() -> None:
    one = marked("Beckside")
    assert one.replaced("the beckside path")[1] == 0
    assert one.replaced("7-beckside-2", address=True) == ("7-removed-7-2", 1)
    assert one.replaced({"slug": "beckside", "text": "beckside"}) == ({"slug": "removed-7", "text": "beckside"}, 1)


@given(st.text(max_size=60), st.lists(st.sampled_from(["one two", "x", "<b>", "&amp;", " ", "\n"]), max_size=8))
def test_whatever_stands_around_them_they_are_gone_and_the_rest_stays(around: str, pieces: list[str]) -> None:
    text = around + "".join(pieces)
    new, number = marked("one two").replaced(text)
    assert marked("one two").count(new) == 0
    assert number or new == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=12,
    )
)
def test_what_holds_no_such_words_is_left_as_it_is(value: object) -> None:
    assert marked("qqqq wwww zzzz").replaced(value) == (value, 0)
