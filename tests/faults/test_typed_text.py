"""What is typed or pasted to do harm: no markup but that of the editor reaches a page, and every letter is shown as a letter."""

import json

from django.test import Client
from django.utils.html import escape

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.blocks import RichTextBlock

import pytest

from governance.models import BoardPage, Comment, User
from minutes.packs.prose import TextRefused, printable
from tests import building

HARMFUL = [
    "javascript:alert(1)",
    " java\tscript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><g onload=alert(1)></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>@import '//evil.example/x.css'; p{background:url(//evil.example/)}</style>",
    "</textarea><script>alert(1)</script>",
    "<!--><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}{% include 'x' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
]
LETTERS = [
    "zero\u200bwidth\u200d\ufeff joined",
    "\u202ereversed\u202c and \u2066isolated\u2069",
    "Z" + "\u0301\u0316" * 200,
    "Tŷ Dŵr Ŵy Ỳ",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\ufdfa\u0958\uffff",
]
NOT_TAKEN = (
    "<script",
    "onerror=",
    "onload=",
    "javascript:",
    "vbscript:",
    "data:text",
    "<base",
    "<meta",
    "<style",
    "<svg",
    "<math",
)


def saved(contentstate: dict[str, object]) -> str:
    """What the editor saves of what it was sent."""
    features = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
    return str(ContentstateConverter(features=features).to_database_format(json.dumps(contentstate)))


def paragraph(text: str, **more: object) -> dict[str, object]:
    """A paragraph as the editor sends it."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return {"blocks": [{**block, **more}], "entityMap": {}}


@pytest.mark.parametrize("address", HARMFUL)
def test_the_editor_saves_no_link_that_runs(address: str) -> None:
    sent = paragraph("Read this", entityRanges=[{"key": 0, "offset": 0, "length": 4}])
    sent["entityMap"] = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}}
    html = saved(sent)
    assert "Read" in html
    assert "script" not in html.lower() and "data:" not in html


@pytest.mark.parametrize("typed", MARKUP)
def test_markup_that_is_typed_stays_letters(typed: str) -> None:
    html = saved(paragraph(typed))
    assert not [wrong for wrong in NOT_TAKEN if wrong in html.lower() and "<" in wrong]
    assert ("&lt;" in html) == ("<" in typed)
    shown = RichTextBlock().render(RichTextBlock().to_python(html))
    assert not [wrong for wrong in NOT_TAKEN if "<" in wrong and wrong in shown.lower()]


@pytest.mark.parametrize("kind", ["atomic", "header-one", "code-block", "script", "unordered-list-item"])
def test_blocks_that_the_editor_does_not_have_become_text(kind: str) -> None:
    html = saved(paragraph(MARKUP[0], type=kind))
    assert "<script" not in html and "<h1" not in html and "<code" not in html


@pytest.mark.parametrize("typed", MARKUP[:7])
def test_what_would_not_print_as_written_is_refused_or_left_out(typed: str) -> None:
    try:
        made = printable(f"<p>before</p>{typed}")
    except TextRefused:
        return
    assert not [wrong for wrong in NOT_TAKEN if wrong in made.lower()]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [*MARKUP, *LETTERS])
def test_everybody_elses_words_are_kept_and_shown_as_they_were_typed(
    typed: str, board: BoardPage, clerk: User, client: Client
) -> None:
    building.make_action(board, clerk)
    answer = client.post("/have-a-say/hwb-a1/", {"text": typed, "raised_by": "carer"})
    assert answer.status_code == 302
    assert Comment.objects.get().text == typed.strip()
    # Given back beside what is wrong with it, it is text there too.
    shown = client.post("/have-a-say/hwb-a1/", {"text": typed, "raised_by": "nobody"}).content.decode()
    assert escape(typed) in shown


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["nul\x00 and bell\x07", "lone \ud800 half"])
def test_letters_that_no_page_can_show_are_refused_or_left_out_in_words(
    typed: str, board: BoardPage, clerk: User, client: Client
) -> None:
    building.make_action(board, clerk)
    sent = typed.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = client.post("/have-a-say/hwb-a1/", {"text": sent, "raised_by": "carer"})
    assert answer.status_code in {302, 400}
    kept = "".join(Comment.objects.values_list("text", flat=True))
    assert "\x00" not in kept and "\ud800" not in kept


@pytest.mark.django_db
@pytest.mark.parametrize("typed", MARKUP)
def test_a_title_is_text_wherever_it_stands(typed: str, board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk, typed[:200])
    for address in (action.get_url(), "/progress/", "/feeds/hwb/", "/search/?q=alert"):
        body = client.get(address).content.decode()
        assert "<" not in typed or typed not in body, address
        assert not [wrong for wrong in ("<script>alert", "<img src=x", "<base href=//evil", "<svg><g") if wrong in body], (
            address
        )
    assert escape(typed) in client.get(action.get_url()).content.decode()
