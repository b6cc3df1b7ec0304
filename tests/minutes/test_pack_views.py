"""Packs in the admin: asked for, watched, cancelled, withdrawn, and who got them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import PacksBy, Role
from governance.models import BoardPage, Membership, Person, User
from governance.operations.mail import send_deliveries
from governance.operations.roles import give_role
from minutes.enums import PackKind, PackState
from minutes.models import AgendaItemPage, Dispatch, MeetingPage, Pack, Supplement
from minutes.operations.packing import ask_for_pack
from minutes.pack_views import progress_of
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> MeetingPage:
    """A meeting in a month with a published agenda, whose packs are built at once."""
    build_at_once(monkeypatch)
    return make_meeting(board, clerk, starts_at=timezone.now() + timedelta(days=30))


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, logged in."""
    client.force_login(clerk)
    return client


def test_every_kind_is_offered_and_what_is_missing_is_told(office: Client, meeting: MeetingPage) -> None:
    Supplement.objects.create(meeting=meeting, number=1, says="Late.", published_at=timezone.now())
    Supplement.objects.create(meeting=meeting, number=2, says="Draft.")
    item = AgendaItemPage.objects.child_of(meeting).first()
    shown = office.get(reverse("build_pack", args=[meeting.pk]), {"what": f"item-{item.pk}"}).content.decode()
    for value in ("agenda", "consolidated", "minutes", "decisions", "actions", f"item-{item.pk}"):
        assert f'value="{value}"' in shown
    assert f'value="item-{item.pk}" selected' in shown
    assert "Supplement 1" in shown and "Supplement 2" not in shown
    assert "Publish the minutes first" in shown and "Publish the decisions first" in shown


def test_a_pack_is_asked_for_by_kind_audience_and_edition(office: Client, meeting: MeetingPage) -> None:
    address = reverse("build_pack", args=[meeting.pk])
    late = Supplement.objects.create(meeting=meeting, number=1, says="Late.", published_at=timezone.now())
    item = AgendaItemPage.objects.child_of(meeting).first()
    day = meeting.day.isoformat()
    for asked, reference in [
        ({"what": "agenda", "audience": "members", "edition": "large_print"}, f"HWB/{day}/AGENDA-MEMBERS-LARGE-PRINT/v1"),
        ({"what": f"supplement-{late.pk}"}, f"HWB/{day}/SUPPLEMENT-1/v1"),
        ({"what": f"item-{item.pk}"}, f"HWB/{day}/I1/v1"),
        ({}, f"HWB/{day}/AGENDA/v1"),
    ]:
        assert office.post(address, asked).status_code == 302
        assert Pack.objects.filter(reference=reference).exists()


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"what": "brochure"}, 400, "Select a valid choice"),
        ({"what": "agenda", "edition": "braille"}, 400, "Select a valid choice"),
        ({"what": "minutes"}, 409, "Publish the minutes first"),
    ],
)
def test_what_cannot_be_built_is_refused_in_words(
    office: Client, meeting: MeetingPage, asked: dict, status: int, words: str
) -> None:
    answer = office.post(reverse("build_pack", args=[meeting.pk]), asked)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert not Pack.objects.exists()


def test_how_far_it_is_stands_on_the_page_and_is_told_to_the_script(office: Client, meeting: MeetingPage, clerk: User) -> None:
    pack = ask_for_pack(meeting=meeting, by=clerk)
    progress = reverse("pack_progress", args=[meeting.pk])
    assert office.get(progress).json() == {"rows": [{"key": pack.pk, "percent": 0, "words": "Waiting for the worker."}]}
    Pack.objects.filter(pk=pack.pk).update(
        state=PackState.BUILDING,
        stage="7. Home care",
        sections_done=2,
        sections_total=4,
        progress=50,
        taken_up_at=timezone.now() - timedelta(seconds=30),
    )
    shown = office.get(reverse("build_pack", args=[meeting.pk])).content.decode()
    assert "Section 2 of 4: 7. Home care. About 3" in shown and 'value="50"' in shown
    assert "resolved/at_work.js" in shown
    Pack.objects.filter(pk=pack.pk).update(cancel_asked_at=timezone.now())
    assert office.get(progress).json()["rows"][0]["words"] == "Being cancelled."
    Pack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, failure="7. Home care: it holds “<script>”.")
    assert office.get(progress).json() == {"rows": []}
    shown = office.get(reverse("build_pack", args=[meeting.pk])).content.decode()
    assert "7. Home care: it holds" in shown and "resolved/at_work.js" not in shown


def test_before_the_first_section_no_time_is_guessed() -> None:
    row: Any = SimpleNamespace(
        pk=1, state="building", cancel_asked_at=None, stage="Reading the records", progress=0, sections_done=0, sections_total=0
    )
    row.taken_up_at = None
    assert progress_of(row)["words"] == "Reading the records."


def test_a_pack_is_cancelled_and_withdrawn_through_the_admin(office: Client, meeting: MeetingPage, clerk: User) -> None:
    waiting = ask_for_pack(meeting=meeting, by=clerk)
    cancel = reverse("cancel_pack", args=[waiting.pk])
    assert office.get(cancel).status_code == 200
    assert office.post(cancel)["Location"] == reverse("build_pack", args=[meeting.pk])
    assert office.post(cancel).status_code == 409
    pack = issued(meeting, clerk)
    withdraw = reverse("withdraw_pack", args=[pack.pk])
    assert withdraw in office.get(reverse("build_pack", args=[meeting.pk])).content.decode()
    assert office.post(withdraw, {"reason": ""}).status_code == 400
    assert office.post(withdraw, {"reason": "It named a person."}).status_code == 302
    assert office.post(withdraw, {"reason": "Again."}).status_code == 409
    shown = office.get(reverse("build_pack", args=[meeting.pk])).content.decode()
    assert "It named a person." in shown and "by clerk" in shown


def test_who_got_the_pack_and_which_copies_were_posted(
    board: BoardPage, office: Client, meeting: MeetingPage, clerk: User
) -> None:
    for name, way in (("A Screen", PacksBy.SCREEN), ("B Paper", PacksBy.PAPER), ("C Nowhere", PacksBy.SCREEN)):
        email = "" if name == "C Nowhere" else f"{name[0].lower()}@example.org"
        person = Person.objects.create(name=name, email=email)
        Membership.objects.create(person=person, board=board, from_date=meeting.day, packs_by=way)
    pack = issued(meeting, clerk)
    address = reverse("pack_dispatch", args=[pack.pk])
    shown = office.get(address).content.decode()
    assert "Waiting to be sent." in shown and "No e-mail address is known." in shown
    send_deliveries()
    assert len(mail.outbox) == 1
    assert "Sent " in office.get(address).content.decode()
    to_print = office.get(address, {"paper": ""}).content.decode()
    assert "B Paper" in to_print and "A Screen" not in to_print
    refused = office.post(address, {"posted": ["x", "0"]})
    assert (refused.status_code, "Choose whose" in refused.content.decode()) == (409, True)
    rows = Dispatch.objects.filter(on_paper=True)
    assert office.post(address, {"posted": [row.pk for row in rows]}).status_code == 302
    assert "by clerk" in office.get(address).content.decode()
    assert not rows.filter(posted_at=None).exists()


def test_of_a_pack_that_nobody_was_sent_that_is_said(office: Client, meeting: MeetingPage, clerk: User) -> None:
    pack = issued(meeting, clerk, kind=PackKind.ACTIONS)
    assert "Nobody was sent this pack" in office.get(reverse("pack_dispatch", args=[pack.pk])).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_publish_for_the_board_have_to_do_with_packs(
    board: BoardPage, meeting: MeetingPage, clerk: User, client: Client, role: Role
) -> None:
    person = building.make_user("person", is_superuser=False, is_staff=False)
    give_role(user=person, role=role, **building.holder_of(role, board))
    pack = issued(meeting, clerk)
    client.force_login(person)
    doors = [
        reverse("build_pack", args=[meeting.pk]),
        reverse("pack_progress", args=[meeting.pk]),
        reverse("cancel_pack", args=[pack.pk]),
        reverse("withdraw_pack", args=[pack.pk]),
        reverse("pack_dispatch", args=[pack.pk]),
    ]
    may = role in {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
    assert [client.get(door).status_code == 200 for door in doors] == [may] * len(doors)
    if not may:
        for door in doors:
            assert client.post(door, {"reason": "Because.", "what": "actions"}).status_code in {302, 403, 405}
        assert Pack.objects.get().state == PackState.ISSUED


def test_another_boards_editor_is_turned_away(board: BoardPage, meeting: MeetingPage, clerk: User, client: Client) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    stranger = building.make_user("stranger", is_superuser=False, is_staff=False)
    give_role(user=stranger, role=Role.EDITOR, board=other)
    pack = issued(meeting, clerk)
    client.force_login(stranger)
    for name, key in (("build_pack", meeting.pk), ("withdraw_pack", pack.pk), ("pack_dispatch", pack.pk)):
        assert client.get(reverse(name, args=[key])).status_code == 302
