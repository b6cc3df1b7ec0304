"""Papers in public: listed with what a reader needs to know, streamed, found by their words, and gone with the reason."""

from django.test import Client

import pytest

from governance.models import BoardPage, User
from governance.operations.publishing import withdraw_record
from minutes.enums import PaperKind
from minutes.models import Paper
from minutes.operations.meetings import publish_agenda
from minutes.operations.paper_files import publish_anyway, publish_replacement
from minutes.operations.papers import mark_checked, withdraw_paper
from minutes.operations.supplements import publish_supplement
from tests.minutes.paper_stage import Stage, set_stage
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db

ADDRESS = "/papers/hwb-2026-10-08-i1-p1/"
WORDS = "BT /F1 12 Tf 72 700 Td (Nothing here) Tj ET", "BT /F1 12 Tf 72 700 Td (The wombat clause of care) Tj ET"


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    """A meeting with one item."""
    return set_stage(board, clerk)


def words_of(client: Client, address: str) -> str:
    """The words of a page, with single spaces."""
    return " ".join(client.get(address).content.decode().split())


def test_a_paper_is_listed_with_what_a_reader_needs_to_know(stage: Stage, client: Client) -> None:
    report = stage.checked(samples.pdf(*WORDS)).paper
    appendix = stage.paper("Prices", kind=PaperKind.APPENDIX, belongs_to=report, state="received")
    publish_anyway(file=stage.checked(samples.pdf(change=samples.untagged), appendix), by=stage.clerk, because="Needed.")
    background = stage.paper("Survey of 2025", kind=PaperKind.BACKGROUND, belongs_to=report, state="received")
    mark_checked(paper=background, by=stage.clerk)
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    stage.refresh()
    shown = words_of(client, stage.item.get_url())
    assert f'<a href="{ADDRESS}">Home care: a report</a>' in shown
    assert "Report, PDF, 2 pages, " in shown and "Published " in shown
    assert "HWB/2026-10-08/I1/P1" in shown
    assert shown.index("Home care: a report</a>") < shown.index("Prices</a>") < shown.index("Background papers of this report:")
    assert shown.count("cannot be read well by a screen reader: ask for another format") == 1
    assert 'p3/">Survey of 2025' not in shown and "Survey of 2025" in shown
    assert f'<a href="{ADDRESS}">Home care: a report</a>' in words_of(client, stage.meeting.get_url())


def test_the_file_is_streamed_whole_in_part_and_not_again(stage: Stage, client: Client) -> None:
    file = stage.published()
    data = file.copy.read()
    file.copy.close()
    answer = client.get(ADDRESS)
    assert answer.streaming and b"".join(answer) == data
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="hwb-2026-10-08-i1-p1.pdf"'
    part = client.get(ADDRESS, headers={"Range": "bytes=0-4"})
    assert (part.status_code, b"".join(part)) == (206, b"%PDF-")
    assert client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.post(ADDRESS).status_code == 405


def test_what_was_never_public_is_not_there(stage: Stage, client: Client) -> None:
    stage.checked()
    for address in (ADDRESS, f"{ADDRESS}1/", "/ref/hwb-2026-10-08-i1-p1/"):
        assert client.get(address).status_code == 404
    client.force_login(stage.clerk)
    assert client.get(ADDRESS).status_code == 404


def test_the_reference_leads_to_the_paper(stage: Stage, client: Client) -> None:
    stage.published()
    for address in ("/ref/HWB-2026-10-08-I1-P1/", "/search/?q=HWB/2026-10-08/I1/P1"):
        assert client.get(address, follow=True).redirect_chain[-1][0] == ADDRESS


def test_a_withdrawn_paper_tells_the_reason(stage: Stage, client: Client) -> None:
    paper = stage.published().paper
    withdraw_paper(paper=paper, by=stage.clerk, reason="It named a person.")
    answer = client.get(ADDRESS)
    assert answer.status_code == 410
    assert "It named a person." in answer.content.decode()
    assert "Home care: a report" not in words_of(client, stage.item.get_url())


def test_a_version_that_was_replaced_says_so_and_leads_on(stage: Stage, client: Client) -> None:
    paper = stage.published().paper
    assert client.get(f"{ADDRESS}1/").status_code == 200
    stage.checked(samples.pdf(*WORDS), paper)
    assert client.get(f"{ADDRESS}2/").status_code == 404
    publish_replacement(paper=paper, by=stage.clerk, says="A table was wrong.")
    answer = client.get(f"{ADDRESS}1/")
    assert answer.status_code == 410
    assert f'href="{ADDRESS}"' in answer.content.decode()
    assert client.get(f"{ADDRESS}2/").status_code == 200
    assert client.get(f"{ADDRESS}3/").status_code == 404
    assert "A table was wrong." in words_of(client, stage.item.get_url())


def test_a_superseded_paper_leads_to_the_one_in_its_place(stage: Stage, client: Client) -> None:
    former = stage.published().paper
    new = stage.checked(samples.pdf(*WORDS), stage.paper("Second edition", replaces=former)).paper
    publish_supplement(meeting=stage.meeting, says="A second edition.", papers=[new], by=stage.clerk)
    answer = client.get(ADDRESS)
    assert answer.status_code == 410
    assert "Read the current paper: Second edition" in answer.content.decode()


def test_a_paper_goes_with_its_item(stage: Stage, client: Client) -> None:
    stage.published()
    withdraw_record(page=stage.item, by=stage.clerk, reason="Put off.")
    for address in (ADDRESS, f"{ADDRESS}1/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Put off." in answer.content.decode()


def test_a_file_that_the_store_has_lost_is_not_there(stage: Stage, client: Client) -> None:
    file = stage.published()
    file.copy.storage.delete(str(file.copy.name))
    assert client.get(ADDRESS).status_code == 404


def test_a_paper_without_a_file_leads_to_its_item(stage: Stage, client: Client) -> None:
    mark_checked(paper=stage.paper(state="received"), by=stage.clerk)
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    stage.refresh()
    assert client.get(ADDRESS)["Location"] == stage.item.get_url()


def test_the_words_of_a_paper_are_found_with_their_page_while_it_is_public(stage: Stage, client: Client) -> None:
    file = stage.checked(samples.pdf(*WORDS))
    assert "Nothing found" in words_of(client, "/search/?q=wombat")
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    shown = words_of(client, "/search/?q=wombat+clause")
    assert f'In its paper <a href="{ADDRESS}#page=2">Home care: a report</a>, page 2: ' in shown
    assert "The <mark>wombat</mark> <mark>clause</mark> of care" in shown
    withdraw_paper(paper=Paper.objects.get(pk=file.paper_id), by=stage.clerk, reason="It named a person.")
    assert "Nothing found" in words_of(client, "/search/?q=wombat")


def test_words_that_stand_on_the_item_itself_need_no_paper(stage: Stage, client: Client) -> None:
    stage.published(samples.pdf(*WORDS))
    assert "In its paper" not in words_of(client, "/search/?q=home+care")
    assert "In its paper" in words_of(client, "/search/?q=home+care+wombat")
