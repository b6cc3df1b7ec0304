"""Approval by somebody else at every door: the editor, bulk actions, the steps, the small page for a phone."""

from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ApprovalRequest, BoardPage, Delivery, User
from governance.operations.approving import approve_record, ask_for_approval, changed_last_by, check_form, return_record
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from minutes.enums import FileCheck, PaperState
from minutes.models import AgendaItemPage, ExemptionGround, MeetingPage, MinutePage, Paper, PaperFile
from minutes.operations.meetings import publish_agenda
from minutes.operations.papers import list_paper
from tests import building
from tests.house.test_doors import bulk
from tests.minutes.restricted_stage import make_part

pytestmark = pytest.mark.django_db


def person(name: str, role: Role, board: BoardPage) -> User:
    """Somebody with a role."""
    user = building.make_user(name, is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    return User.objects.get(pk=user.pk)


def client_of(user: User) -> Client:
    """Logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def strict(board: BoardPage, clerk: User) -> BoardPage:
    """A board whose rule it is."""
    BoardPage.objects.filter(pk=board.pk).update(approved_by_another=True)
    return BoardPage.objects.get(pk=board.pk)


@pytest.fixture
def editor(board: BoardPage) -> User:
    return person("editor", Role.EDITOR, board)


@pytest.fixture
def approver(board: BoardPage) -> User:
    return person("approver", Role.APPROVER, board)


@pytest.fixture
def item(board: BoardPage, clerk: User, editor: User) -> AgendaItemPage:
    """A draft of the editor's, below a meeting that is public."""
    return building.make_item(building.make_meeting(board, clerk), editor, publish=False, body="<p>As it is.</p>")


def fields_of(client: Client, page: Any) -> Any:
    """The form of the editor as it is sent unchanged, to publish."""
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    form = querydict_from_html(shown, form_id="page-edit-form")
    form["action-publish"] = "action-publish"
    return form


def test_the_editor_refuses_who_wrote_it_and_keeps_what_was_typed(
    strict: BoardPage, item: AgendaItemPage, editor: User, approver: User
) -> None:
    writer = client_of(editor)
    data = fields_of(writer, item)
    data["title"] = "Home care, and more of it"
    response = writer.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), data)
    assert response.status_code == 200
    assert "somebody else publishes it" in response.content.decode()
    assert "Home care, and more of it" in response.content.decode()
    assert not AgendaItemPage.objects.get(pk=item.pk).live
    other = client_of(approver)
    assert other.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), fields_of(other, item)).status_code == 302
    assert AgendaItemPage.objects.get(pk=item.pk).live


def test_bulk_and_step_refuse_alike(strict: BoardPage, item: AgendaItemPage, editor: User, approver: User) -> None:
    response = client_of(editor).post(bulk("publish", item), {"include_descendants": ""})
    assert response.status_code == 409
    assert not AgendaItemPage.objects.get(pk=item.pk).live
    with pytest.raises(Refused, match="somebody else publishes it"):
        publish_agenda(meeting=MeetingPage.objects.get(), by=editor)
    assert MeetingPage.objects.get().agenda_published_at is None
    publish_agenda(meeting=MeetingPage.objects.get(), by=approver)
    assert AgendaItemPage.objects.get(pk=item.pk).live


def test_private_business_is_always_approved_by_another(item: AgendaItemPage, editor: User, approver: User) -> None:
    item.exempt_ground, item.exempt_reason = ExemptionGround.objects.all()[0], "Prices."
    item.save_revision(user=editor)
    with pytest.raises(Refused, match="business taken in private"):
        publish_record(page=item, by=editor)
    item = AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert publish_record(page=item, by=approver).live
    minute = building.make_minute(item, editor, publish=False)
    assert minute.always_approved_by_another


def test_what_a_part_is_kept_back_from_is_approved_by_another_whatever_its_page_says(
    board: BoardPage, item: AgendaItemPage, editor: User, approver: User
) -> None:
    item.exempt_ground, item.exempt_reason = ExemptionGround.objects.all()[0], "Prices."
    item.save_revision(user=editor)
    make_part(item, editor)
    item.exempt_ground, item.exempt_reason = None, ""
    item.save_revision(user=editor)
    item = AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert not item.always_approved_by_another
    with pytest.raises(Refused, match="changed last by you"):
        publish_record(page=item, by=editor)
    minute = building.make_minute(item, editor, publish=False)
    with pytest.raises(Refused, match="changed last by you"):
        check_form(MinutePage(title="New"), editor, True, item)
    with pytest.raises(Refused, match="changed last by you"):
        publish_record(page=minute, by=editor)
    shown = client_of(approver).get(reverse("approve_record", args=[item.pk])).content.decode()
    assert "See exactly what the public will see" in shown and reverse("wagtailadmin_pages:view_draft", args=[item.pk]) in shown
    assert publish_record(page=AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object(), by=approver).live


def test_a_board_that_meets_in_private_by_default_publishes_nothing_by_one_person(
    board: BoardPage, item: AgendaItemPage, editor: User, approver: User
) -> None:
    BoardPage.objects.filter(pk=board.pk).update(private_by_default=True)
    with pytest.raises(Refused, match="changed last by you"):
        publish_record(page=item, by=editor)
    paper = list_paper(item=item, title="Prices", kind="report", by=editor, state=PaperState.CHECKED)
    file = PaperFile(paper=paper, original_name="a.pdf", original_sha256="0" * 64, copy_sha256="1" * 64, bytes=9, pages=1)
    file.uploaded_at, file.uploaded_by, file.check_state, file.copy = (
        timezone.now(),
        approver,
        FileCheck.CLEAN,
        "papers/copies/a.pdf",
    )
    file.save()
    with pytest.raises(Refused, match="You brought the file"):
        publish_agenda(meeting=MeetingPage.objects.get(), by=approver)
    assert not AgendaItemPage.objects.get(pk=item.pk).live
    publish_agenda(meeting=MeetingPage.objects.get(), by=person("second", Role.APPROVER, board))
    assert Paper.objects.get(pk=paper.pk).state == PaperState.PUBLISHED


def test_without_the_rule_one_person_does_both(item: AgendaItemPage, editor: User) -> None:
    assert publish_record(page=item, by=editor).live


def test_approval_is_asked_for_by_mail_and_given_on_a_phone(
    strict: BoardPage, item: AgendaItemPage, editor: User, approver: User
) -> None:
    writer, phone = client_of(editor), client_of(approver)
    assert writer.post(reverse("ask_approval", args=[item.pk])).status_code == 302
    link = reverse("approve_record", args=[item.pk])
    assert [row.to for row in Delivery.objects.filter(kind="approval")] == [approver.email]
    assert link in Delivery.objects.get(kind="approval").text
    with pytest.raises(Refused, match="asked for already"):
        ask_for_approval(page=item, by=editor)
    shown = phone.get(link).content.decode()
    assert "As it is." in shown and "Changed last by editor" in shown
    version = str(AgendaItemPage.objects.get(pk=item.pk).latest_revision_id)
    assert "Changed last by" in writer.get(link).content.decode()
    assert writer.post(link, {"version": version, "approve": ""}).status_code == 409
    assert phone.post(link, {"version": "1", "approve": ""}).status_code == 409
    assert phone.post(link, {"version": version, "approve": ""}).status_code == 302
    assert AgendaItemPage.objects.get(pk=item.pk).live
    assert ApprovalRequest.objects.get().closed_by == approver
    assert changed_last_by(item) == editor.pk
    assert "Nothing waits" in phone.get(link).content.decode()
    assert not mail.outbox


def test_a_draft_is_returned_with_a_comment(item: AgendaItemPage, editor: User, approver: User) -> None:
    phone, link = client_of(approver), reverse("approve_record", args=[item.pk])
    version = str(item.latest_revision_id)
    refused = phone.post(link, {"version": version, "return": "", "comment": "Say which ward."})
    assert refused.status_code == 409
    assert "Say which ward." in refused.content.decode()
    ask_for_approval(page=item, by=editor)
    assert phone.post(link, {"version": version, "return": "", "comment": " "}).status_code == 409
    assert phone.post(link, {"version": version, "return": "", "comment": "Say which ward."}).status_code == 302
    assert Delivery.objects.get(key__startswith="returned:").to == editor.email
    page = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "Say which ward." in page
    with pytest.raises(Refused, match="Nobody asks"):
        return_record(page=item, by=approver, comment="Again.")


def test_what_is_public_waits_for_nothing(item: AgendaItemPage, editor: User, approver: User) -> None:
    page = publish_record(page=item, by=approver)
    for step in (ask_for_approval, approve_record):
        with pytest.raises(Refused, match="Nothing waits"):
            step(page=page, by=editor)


@pytest.mark.parametrize("role", list(Role))
def test_who_approves_and_who_asks(board: BoardPage, item: AgendaItemPage, role: Role) -> None:
    client = client_of(person("somebody", role, board))
    publishes = role in {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
    for name in ("approve_record", "ask_approval"):
        response = client.get(reverse(name, args=[item.pk]))
        assert (response.status_code == 200) is publishes, name
