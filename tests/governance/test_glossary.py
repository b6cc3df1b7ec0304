"""Words explained where they stand: once a page, without breaking any text."""

from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.safestring import mark_safe

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.glossary import every_word, parts_of, parts_of_html, word_at

NAMED = {"resolved", "clear-days", "exempt", "quorum", "co-production"}


def rendered(source: str, **context: object) -> str:
    """A template rendered as part of one page."""
    return Template("{% load voices %}" + source).render(Context({"request": RequestFactory().get("/"), **context}))


def test_the_words_people_stumble_over_are_there_once_each() -> None:
    slugs = [word.slug for word in every_word()]
    assert set(slugs) >= NAMED
    assert len(slugs) == len(set(slugs))
    spellings = [spelling.lower() for word in every_word() for spelling in (word.word, *word.forms)]
    assert len(spellings) == len(set(spellings))


def test_a_word_is_linked_the_first_time_only() -> None:
    shown = rendered(
        '{% word "quorum" %} and {% word "quorum" "Quorum" %}, {% explain text %}', text="the quorum and clear days"
    )
    assert shown.count('href="/words/#quorum"') == 1
    assert shown.endswith('and Quorum, the quorum and <a class="word" href="/words/#clear-days">clear days</a>')


def test_without_a_request_words_are_still_shown() -> None:
    assert "quorum" in Template('{% load voices %}{% word "quorum" %}').render(Context())


def test_text_stays_text() -> None:
    shown = rendered("{% explain text %}", text='<b>"Resolved"</b> & unresolved, co-produced-ish')
    assert '&lt;b&gt;&quot;<a class="word" href="/words/#resolved">Resolved</a>&quot;&lt;/b&gt; &amp; unresolved' in shown
    assert shown.endswith("co-produced-ish")


@given(st.text(max_size=300))
def test_no_text_is_changed(text: str) -> None:
    assert "".join(piece for piece, _slug in parts_of(text, ())) == text


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        word_at("flummery")


@pytest.mark.django_db
def test_every_word_has_its_place_on_the_page(board: object, client: Client) -> None:
    shown = client.get("/words/").content.decode()
    for word in every_word():
        assert f'id="{word.slug}"' in shown


def test_rich_text_is_explained_outside_headings_and_links() -> None:
    html = mark_safe(
        '<h2>Quorum</h2><p>The <a href="/x/">quorum</a> was <b>the quorum</b> &amp; <i title="a > quorum">resolved</i>.</p>'
    )
    shown = rendered("{% explained html %}", html=html)
    assert shown.startswith(
        '<h2>Quorum</h2><p>The <a href="/x/">quorum</a> was <b>the <a class="word" href="/words/#quorum">quorum</a>'
    )
    assert '&amp; <i title="a > quorum"><a class="word" href="/words/#resolved">resolved</a></i>.' in shown
    assert rendered("{% explained html %}", html="<b>quorum</b>").startswith("&lt;b&gt;")


def test_a_word_explained_above_is_not_explained_again_in_rich_text() -> None:
    shown = rendered('{% word "quorum" %} {% explained html %}', html=mark_safe("<p>quorum</p>"))
    assert shown.count("<a ") == 1


@given(st.text(alphabet="quorm <>/ab\"'", max_size=200))
def test_no_rich_text_is_changed(html: str) -> None:
    assert "".join(piece for piece, _slug in parts_of_html(html, ())) == html
