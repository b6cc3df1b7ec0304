"""Every public page answers in the site's own look, and shows nothing that is not public."""

from django.template.loader import render_to_string
from django.test import Client

from tests.small_site import DRAFT, SmallSite

NOT_ISSUED = ["no pack", "no minutes pack", "no decision sheet"]
EXPECTED = {
    "nothing": 404,
    **dict.fromkeys(["withdrawn", "pack withdrawn", "paper withdrawn", "alerts ended"], 410),
    **dict.fromkeys(NOT_ISSUED, 404),
}


def test_every_page_answers_and_shows_no_draft(small_site: SmallSite, client: Client) -> None:
    for name, address in small_site.addresses().items():
        response = client.get(address)
        text = response.content.decode()
        assert response.status_code == EXPECTED.get(name, 200), (name, address)
        assert DRAFT not in text, (name, address)
        assert text.count("<h1") == 1, (name, address)
        assert 'id="main-content"' in text


def test_a_broken_page_needs_neither_a_request_nor_the_database() -> None:
    text = render_to_string("500.html")
    assert "Something broke on our side" in text
    assert "<nav" not in text
