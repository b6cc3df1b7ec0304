"""Search finds what is public, shows where the words stand, and no input makes it fail."""

from django.core.management import call_command
from django.test import Client

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.search import passage, words_of
from tests.small_site import DRAFT, SmallSite

TRAPS = [
    '"',
    "'",
    "\x00",
    "%",
    "_",
    "*",
    "AND",
    "OR NOT",
    "NEAR(",
    "a" * 10_000,
    "home\x00care",
    "-",
    "--",
    "^",
    ":",
    "{}",
    "\\",
    "😀",
    "ŵ",
]


@pytest.fixture(autouse=True)
def indexed(small_site: SmallSite) -> None:
    """The index as the worker would have it: everything, drafts too."""
    call_command("update_index", verbosity=0)


def test_the_words_are_marked_where_they_stand(small_site: SmallSite, client: Client) -> None:
    text = client.get("/search/", {"q": "winter plan"}).content.decode()
    assert "the <mark>winter</mark> <mark>plan</mark>" in text


def test_a_clause_is_found_and_linked(small_site: SmallSite, client: Client) -> None:
    text = client.get("/search/", {"q": "designed", "kind": "resolution"}).content.decode()
    assert f'href="{small_site.resolution.get_url()}"' in text
    assert "HWB/2026-27/1(2)" in text


def test_results_are_narrowed_by_kind_and_board(small_site: SmallSite, client: Client) -> None:
    both = client.get("/search/", {"q": "care", "kind": "action", "board": "HWB"}).context["results"]
    assert {hit.kind for hit in both.hits} == {"Action"}
    assert (both.kind, both.board) == ("action", "HWB")
    for name, value in (("kind", "nonsense"), ("board", "NONE"), ("page", "1e9")):
        assert client.get("/search/", {"q": "care", name: value}).context["results"].total > both.total


def test_text_of_a_draft_is_neither_found_nor_shown(small_site: SmallSite, client: Client) -> None:
    response = client.get("/search/", {"q": DRAFT})
    assert response.context["results"].total == 0
    assert response.content.decode().count(DRAFT) == 2  # in the title and in the box, as it was typed


@pytest.mark.parametrize("query", TRAPS)
def test_traps_are_answered(small_site: SmallSite, client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize("query", ['"', "\x00", "*", "(", "  "])
def test_what_holds_no_word_finds_nothing(small_site: SmallSite, client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).context["results"].total == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80))
def test_no_text_makes_it_fail(db: None, client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200


def test_a_passage_is_escaped_and_marked() -> None:
    text = "Ten <script>alert(1)</script> carers & friends met."
    assert passage([text], "carers") == ("Ten &lt;script&gt;alert(1)&lt;/script&gt; <mark>carers</mark> &amp; friends met.")


def test_a_long_text_is_cut_between_words() -> None:
    shown = passage([f"{'before ' * 60}carers {'after ' * 60}"], "carers")
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 300


def test_words_lose_what_search_engines_take_for_orders() -> None:
    assert words_of('  "home* care" (NOT) \x00 x ') == "home care NOT x"
