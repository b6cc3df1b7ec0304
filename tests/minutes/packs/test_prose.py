"""Rich text reduced to what can be printed."""

import pytest

from minutes.packs.prose import TextRefused, printable


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<p>Tŷ & <b>dŵr</b></p>", "<p>Tŷ &amp; <strong>dŵr</strong></p>"),
        ("<p style='font-size:1e9px' class='x' onclick='y()'>Plain</p>", "<p>Plain</p>"),
        ("<span>kept</span><font color='red'>too</font>", "kepttoo"),
        ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("a</p></ul>b", "ab"),
        ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
        ("nul\x00 and \x1b[0m", "nul and [0m"),
        ("<!-- hidden --><p>shown</p>", "<p>shown</p>"),
        ("<td colspan='2' rowspan='900' style='x'>c</td>", '<td colspan="2">c</td>'),
        ("<img src='https://x.example/y.png' alt='A bar chart: 12 of 40'>", "[A bar chart: 12 of 40]"),
        ("{{ content }}{% now %}", "{{ content }}{% now %}"),
    ],
)
def test_only_listed_tags_are_written(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<h1>a</h1><h6>b</h6><h2>c</h2>", "<h2>a</h2><h3>b</h3><h2>c</h2>"),
        ("<h4>first</h4>", "<h2>first</h2>"),
        ("<h2>a</h2><h3>b</h3><h4>c</h4>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
    ],
)
def test_headings_follow_without_a_gap(typed: str, printed: str) -> None:
    assert printable(typed, level=2) == printed


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("mailto:clerk@example.org", "mailto:clerk@example.org"),
        ("/boards/", "https://site.example/boards/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("pack:item-1", None),
        ("asset:print.css", None),
        ("//elsewhere.example/", None),
        ("https:///nohost", None),
        ("http://[bad", None),
        ("#here", None),
    ],
)
def test_links_lead_only_where_readers_may_be_sent(href: str, address: str | None) -> None:
    written = f'<a href="{address}">x</a>' if address else "x"
    assert printable(f'<a href="{href}">x</a>', site_address="https://site.example") == written


def test_a_link_within_the_site_needs_the_sites_address() -> None:
    assert printable("<a href='/boards/'>boards</a>") == "boards"


@pytest.mark.parametrize(
    "tag", ["script", "style", "svg", "iframe", "object", "link", "meta", "base", "form", "math", "template"]
)
def test_what_cannot_be_printed_is_refused_by_name(tag: str) -> None:
    with pytest.raises(TextRefused, match=f"The text holds “<{tag}>”, which cannot be printed"):
        printable(f"<p>before</p><{tag} rel=attachment href=file:///etc/passwd>x</{tag}>")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("<ul><li>" * 300, "nested too deep"),
        ("<div>" * 40, "nested too deep"),
        ("<img src=x.png>", "no description"),
        ("<img src=x.png alt='  '>", "no description"),
        ("x" * 500_001, "longer than 500,000 characters"),
    ],
)
def test_what_would_fail_or_be_lost_is_refused_with_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(TextRefused, match=reason):
        printable(typed)
