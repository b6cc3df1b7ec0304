"""A part of which nothing is written yet: it holds papers alone, is printed with them, and ends with the last that is released."""

from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from minutes.models import AgendaItemPage, RestrictedPart, RestrictedWords
from minutes.operations.releasing import propose_release
from minutes.operations.restricted import write_part
from minutes.operations.restricted_papers import accept_restricted_paper
from minutes.packs.closed_part import ClosedItem
from minutes.restriction import RestrictionState
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import (
    CANARY,
    checked_paper,
    make_part,
    make_private_item,
    paper_saying,
    release_to_all,
    restriction,
    somebody,
)
from tests.minutes.test_restricted_views import logged_in

pytestmark = pytest.mark.django_db
NONE = RestrictedWords()


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part without words."""
    return make_part(make_private_item(board, clerk), clerk, NONE)


def test_it_takes_papers_and_members_read_them(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    member = logged_in(somebody("member", board, seat="member"))
    address = reverse("members_restricted", args=[part.item_id])
    assert "Nothing of it is written down yet" in member.get(address).content.decode()
    paper = checked_paper(part, clerk)
    page = member.get(address).content.decode()
    assert f"{CANARY} paper" in page and "Nothing of it is written down yet" not in page
    assert "What is discussed" not in page
    assert member.get(reverse("restricted_paper", args=[paper.pk, "copy"])).status_code == 200


def test_members_are_told_what_a_screen_reader_cannot_read(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    paper = checked_paper(part, clerk, paper_saying(change=samples.untagged))
    accept_restricted_paper(paper=paper, by=clerk, because="It is a plan.")
    page = logged_in(somebody("member", board, seat="member")).get(reverse("members_restricted", args=[part.item_id]))
    assert "cannot be read well by a screen reader" in page.content.decode()


def test_the_clerks_page_says_so_and_offers_both(board: BoardPage, part: RestrictedPart) -> None:
    page = (
        logged_in(somebody("editor", board, Role.EDITOR)).get(reverse("restricted_part", args=[part.item_id])).content.decode()
    )
    assert "Nothing is written here yet" in page and "Write it" in page and "Propose to release it" not in page
    assert reverse("add_restricted_paper", args=[part.item_id]) in page


def test_it_is_begun_on_the_page_without_a_word(board: BoardPage, clerk: User) -> None:
    item = make_private_item(board, clerk)
    client: Client = logged_in(somebody("editor", board, Role.EDITOR))
    ground = restriction().grounds
    given = {
        "grounds": [one.pk for one in ground],
        "public_interest": "It would weaken the council's hand.",
        "decided_by": "Monitoring Officer",
        "review_on": "2100-01-01",
        "seen": 0,
    }
    assert client.post(reverse("write_restricted", args=[item.pk]), given).status_code == 302
    assert RestrictedPart.objects.get(item=item).words() == NONE


def test_what_is_written_is_not_emptied(clerk: User, part: RestrictedPart) -> None:
    write_part(item=part.item, words=NONE, restriction=restriction(), seen=1, by=clerk)
    written = make_part(part.item, clerk)
    with pytest.raises(Refused, match="is not emptied"):
        write_part(item=part.item, words=NONE, restriction=restriction(), seen=written.version, by=clerk)
    assert RestrictedPart.objects.get().words().title == f"{CANARY} title"


def test_no_words_are_released_and_the_restriction_ends_with_the_last_paper(clerk: User, part: RestrictedPart) -> None:
    with pytest.raises(Refused, match="Nothing is left"):
        propose_release(part=part, words=NONE, because="Signed.", by=clerk)
    first, second = checked_paper(part, clerk), checked_paper(part, clerk, paper_saying("Another"))
    release_to_all(first, clerk)
    assert RestrictedPart.objects.get().is_in_force
    release_to_all(second, clerk, title="The other")
    assert RestrictedPart.objects.get().state == RestrictionState.RELEASED
    assert LedgerEntry.objects.filter(note="Released whole, with its last paper", event="released").count() == 1
    page = Client().get(AgendaItemPage.objects.get(pk=part.item_id).get_url())
    assert "The other" in page.content.decode()


def test_with_words_the_restriction_outlasts_its_papers(clerk: User, part: RestrictedPart) -> None:
    part = make_part(part.item, clerk)
    release_to_all(checked_paper(part, clerk), clerk)
    assert RestrictedPart.objects.get().is_in_force


def test_nothing_is_printed_of_a_part_without_words_and_papers() -> None:
    assert ClosedItem(part=1, number="2", title="").is_empty
    assert not ClosedItem(part=1, number="2", title="", minute="Agreed.").is_empty
