"""What the demonstration says in private: a member reads it in their area, and nobody finds a word of it elsewhere."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from governance.models import User
from minutes.enums import PackAudience, PackState
from minutes.models import Pack, RestrictedPaper, RestrictedPart
from minutes.restriction import RestrictedPaperState

pytestmark = pytest.mark.usefixtures("demonstration")
REAL = "the prices that were asked"
PAPER = "What A, B and C ask for an hour of care"


def as_(name: str) -> Client:
    """A browser of somebody of the demonstration."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def sent(answer: Any) -> bytes:
    """What was sent."""
    return b"".join(answer.streaming_content)


def test_a_member_reads_words_and_paper_in_their_area() -> None:
    part = RestrictedPart.objects.get()
    assert part.item.title == "Price of care in the two valleys" and part.is_in_force
    member, address = as_("member"), reverse("members_restricted", args=[part.item_id])
    assert address in member.get(reverse("members_area")).content.decode()
    page = member.get(address).content.decode()
    assert REAL in page and PAPER in page and "Paragraph 3" in page and "[[" not in page
    paper = RestrictedPaper.objects.get()
    assert paper.state == RestrictedPaperState.CHECKED
    assert sent(member.get(reverse("restricted_paper", args=[paper.pk, "copy"]))).startswith(b"%PDF-")


def test_the_members_pack_is_asked_for() -> None:
    pack = Pack.objects.get(audience=PackAudience.MEMBERS)
    assert pack.meeting == RestrictedPart.objects.get().item.meeting and pack.state == PackState.QUEUED


def test_the_public_and_partners_find_no_word_of_it() -> None:
    part = RestrictedPart.objects.get()
    for client in (Client(), as_("partner")):
        page = client.get(part.item.get_url()).content.decode()
        assert "price the public pays" in page and REAL not in page and PAPER not in page
        assert REAL not in client.get("/search/", {"q": "prices asked for an hour"}).content.decode()
    assert as_("partner").get(reverse("members_restricted", args=[part.item_id])).status_code == 404
