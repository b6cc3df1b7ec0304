"""Plain text of the data files, made into the HTML that pages keep."""

from home.demonstration.texts import filled, rich, sections


def test_paragraphs_lists_headings_and_quotations() -> None:
    text = "One\nline.\n\n### Why\n\n- First\n- Second\n  goes on\n\n1. Equality\n2. Access\n\n> We will."
    assert rich(text) == (
        "<p>One line.</p><h3>Why</h3><ul><li>First</li><li>Second goes on</li></ul>"
        "<ol><li>Equality</li><li>Access</li></ol><blockquote>We will.</blockquote>"
    )


def test_what_looks_like_html_stays_text() -> None:
    assert rich("a < b & c") == "<p>a &lt; b &amp; c</p>"


def test_slots_are_filled_and_nothing_else_is_touched() -> None:
    assert filled(" By [[day -1w thu]]: {{ no }} ", lambda word, rest: f"{word}/{rest}") == "By day/-1w thu: {{ no }}"


def test_a_page_falls_into_headings_and_what_stands_below_them() -> None:
    assert sections("Before.\n\n## One\n\nText.\n\n## Two\n\n- A") == [
        ("", "<p>Before.</p>"),
        ("One", "<p>Text.</p>"),
        ("Two", "<ul><li>A</li></ul>"),
    ]
