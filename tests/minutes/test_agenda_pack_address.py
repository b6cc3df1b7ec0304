"""`…/agenda-pack/` below a meeting leads to its latest issued pack, and says in words that there is none."""

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from governance.operations.publishing import withdraw_record
from minutes.enums import PackState
from minutes.models import MeetingPage, Pack
from tests import building


@pytest.fixture
def meeting(clerk: User, board: BoardPage) -> MeetingPage:
    """A live meeting."""
    return building.make_meeting(board, clerk)


def _pack(meeting: MeetingPage, version: int, state: str) -> Pack:
    reference = f"{meeting.reference}/AGENDA/v{version}"
    pack = Pack(
        meeting=meeting,
        version=version,
        state=state,
        reference=reference,
        slug=f"hwb-2026-10-08-agenda-v{version}",
        sha512="0" * 128,
        asked_at=timezone.now(),
        issued_at=timezone.now(),
        bytes=8,
    )
    pack.file.save(f"v{version}.pdf", ContentFile(b"%PDF-1.7"), save=False)
    pack.save()
    return pack


@pytest.mark.django_db
def test_it_leads_to_the_latest_issued_pack(meeting: MeetingPage, client: Client) -> None:
    _pack(meeting, 1, PackState.SUPERSEDED)
    _pack(meeting, 2, PackState.ISSUED)
    _pack(meeting, 3, PackState.WITHDRAWN)
    response = client.get(f"{meeting.get_url()}agenda-pack/", follow=True)
    assert response.redirect_chain == [("/packs/hwb-2026-10-08-agenda-v2/", 302)]
    assert b"".join(response) == b"%PDF-1.7"
    assert "/packs/hwb-2026-10-08-agenda-v2/" in client.get(meeting.get_url()).content.decode()


@pytest.mark.django_db
def test_it_says_in_words_that_there_is_none(meeting: MeetingPage, client: Client) -> None:
    _pack(meeting, 1, PackState.WITHDRAWN)
    response = client.get(f"{meeting.get_url()}agenda-pack/")
    assert response.status_code == 404
    assert "There is no agenda pack yet" in response.content.decode()


@pytest.mark.django_db
def test_a_withdrawn_meeting_shows_no_pack(meeting: MeetingPage, clerk: User, client: Client) -> None:
    _pack(meeting, 1, PackState.ISSUED)
    withdraw_record(page=meeting, by=clerk, reason="It named a person.")
    assert client.get(f"{meeting.get_url()}agenda-pack/").status_code in {404, 410}
    gone = client.get("/packs/hwb-2026-10-08-agenda-v1/")
    assert (gone.status_code, "It named a person." in gone.content.decode()) == (410, True)
