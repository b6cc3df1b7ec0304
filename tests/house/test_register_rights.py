"""Registers follow the board: an editor sees and changes the rows of their own board and nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from wagtail.models import GroupPagePermission

import pytest

from governance.board_rights import OWN_PAGES
from governance.enums import PointSource, Role
from governance.models import BoardPage, Membership, PartnerRequest, Person, Point, User
from governance.operations.roles import give_role, sync_roles
from governance.registers import PeopleAndPartners, Promises
from governance.row_forms import rights_field
from governance.voice_registers import Voices
from minutes.models import Attendance, FollowUp, Paper, ProgrammeEntry, PublicQuestion
from minutes.registers import Meetings
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
ALL = [register for group in (Promises, PeopleAndPartners, Meetings, Voices) for register in group.items]
OF_A_BOARD = [register for register in ALL if rights_field(register.model)]


@dataclass
class Committee:
    """A board with a meeting, an item and an action."""

    board: BoardPage
    meeting: Any
    item: Any
    action: Any


MAKE: dict[type[Any], Callable[[Committee], Any]] = {
    Membership: lambda own: Membership.objects.create(person=_person(own), board=own.board, from_date=DAY),
    Point: lambda own: Point.objects.create(
        text=f"Point of {own.board.code}", about=own.action, source=PointSource.MINUTED, raised_on=DAY
    ),
    PartnerRequest: lambda own: PartnerRequest.objects.create(
        action=own.action, organisation=building.make_organisation(f"Trust of {own.board.code}"), asked_on=DAY
    ),
    Attendance: lambda own: Attendance.objects.create(meeting=own.meeting, name=f"Ada of {own.board.code}"),
    Paper: lambda own: Paper.objects.create(item=own.item, title=f"Report of {own.board.code}"),
    ProgrammeEntry: lambda own: ProgrammeEntry.objects.create(board=own.board, title=f"Business of {own.board.code}"),
    FollowUp: lambda own: FollowUp.objects.create(item=own.item, text=f"Write for {own.board.code}"),
    PublicQuestion: lambda own: PublicQuestion.objects.create(
        meeting=own.meeting, asked_by="A resident", text=f"Why {own.board.code}?", received_on=DAY
    ),
}


WITH_FORMS = [model for model in MAKE if model is not Attendance]
"""Attendance is recorded in the room, where substitutes are checked and the ledger is written."""


def _person(own: Committee) -> Person:
    return Person.objects.create(name=f"Grace of {own.board.code}")


def _committee(code: str, clerk: User) -> Committee:
    board = building.make_board(clerk, code=code, title=f"Board {code}")
    meeting = building.make_meeting(board, clerk)
    item = building.make_item(meeting, clerk)
    return Committee(board, meeting, item, building.make_action(board, clerk, title=f"Action of {code}"))


@pytest.fixture
def own(clerk: User) -> Committee:
    """The editor's board."""
    return kept("committee of HWB", lambda: _committee("HWB", clerk))


@pytest.fixture
def other(clerk: User) -> Committee:
    """Another board."""
    return kept("committee of SCP", lambda: _committee("SCP", clerk))


@pytest.fixture
def office(own: Committee, other: Committee, client: Client) -> Client:
    """The editor of one board, logged in."""

    def make_editor() -> User:
        editor = building.make_user("editor", is_superuser=False, is_staff=False)
        give_role(user=editor, role=Role.EDITOR, board=own.board)
        return editor

    client.force_login(kept("editor of HWB", make_editor))
    return client


def address(model: Any, name: str = "index", *arguments: Any) -> str:
    """An address of a register."""
    return reverse(f"{model._meta.app_label}_{model._meta.model_name}_modeladmin_{name}", args=arguments)


def sent(row: Any, **changed: Any) -> dict[str, str]:
    """The row as its form sends it."""
    return {
        name: str(value)
        for name, value in {**model_to_dict(row), **changed}.items()
        if value is not None and value is not False
    }


def test_every_register_that_belongs_to_boards_is_tried() -> None:
    assert {register.model for register in OF_A_BOARD} == set(MAKE)


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_an_editor_sees_and_exports_the_rows_of_their_own_board(
    office: Client, own: Committee, other: Committee, model: Any
) -> None:
    mine, theirs = MAKE[model](own), MAKE[model](other)
    listed = office.get(address(model))
    assert {row.pk for row in listed.context["object_list"]} == {mine.pk}
    where = reverse("meeting_room", args=[own.meeting.pk]) if model is Attendance else address(model, "edit", mine.pk)
    assert where in listed.content.decode()
    assert address(model, "edit", theirs.pk) not in listed.content.decode()
    exported = b"".join(office.get(address(model), {"export": "csv"}).streaming_content)  # type: ignore[attr-defined]
    assert b"HWB" in exported
    assert b"SCP" not in exported


@pytest.mark.parametrize("model", WITH_FORMS, ids=lambda model: model.__name__)
def test_an_editor_changes_the_rows_of_their_own_board(office: Client, own: Committee, other: Committee, model: Any) -> None:
    mine, theirs = MAKE[model](own), MAKE[model](other)
    assert office.get(address(model, "edit", mine.pk)).status_code == 200
    assert office.get(address(model, "edit", theirs.pk)).status_code == 302
    before = model.objects.filter(pk=theirs.pk).values().get()
    field = rights_field(model)
    assert office.post(address(model, "edit", theirs.pk), sent(theirs)).status_code == 302
    assert model.objects.filter(pk=theirs.pk).values().get() == before
    moved = office.post(address(model, "edit", mine.pk), sent(mine, **{field: getattr(theirs, f"{field}_id")}))
    assert (moved.status_code, "that you write for" in moved.content.decode()) == (200, True)
    mine.refresh_from_db()
    assert getattr(mine, f"{field}_id") != getattr(theirs, f"{field}_id")


@pytest.mark.parametrize("model", WITH_FORMS, ids=lambda model: model.__name__)
def test_an_editor_adds_rows_for_their_own_board(office: Client, own: Committee, other: Committee, model: Any) -> None:
    theirs = MAKE[model](other)
    asked = sent(theirs)
    theirs.delete()
    refused = office.post(address(model, "create"), asked)
    assert (refused.status_code, "that you write for" in refused.content.decode()) == (200, True)
    field = rights_field(model)
    where = {"board": own.board, "meeting": own.meeting, "item": own.item, "action": own.action, "about": own.action}[field]
    assert office.post(address(model, "create"), {**asked, field: str(where.pk)}).status_code == 302
    assert getattr(model.objects.get(), f"{field}_id") == where.pk


def test_a_form_offers_and_takes_rows_of_the_editors_own_board_alone(office: Client, own: Committee, other: Committee) -> None:
    mine, theirs = MAKE[Paper](own), MAKE[Paper](other)
    shown = office.get(address(Paper, "create")).content.decode()
    assert (mine.title in shown, theirs.title in shown) == (True, False)
    added = {"item": str(own.item.pk), "title": "Figures", "kind": "appendix", "position": "0"}
    refused = office.post(address(Paper, "create"), {**added, "belongs_to": str(theirs.pk)})
    assert (refused.status_code, theirs.title in refused.content.decode()) == (200, False)
    assert office.post(address(Paper, "create"), {**added, "belongs_to": str(mine.pk)}).status_code == 302
    assert list(Paper.objects.exclude(belongs_to=None).values_list("belongs_to", flat=True)) == [mine.pk]


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_an_administrator_sees_and_changes_all(
    clerk: User, client: Client, own: Committee, other: Committee, model: Any
) -> None:
    rows = [MAKE[model](committee) for committee in (own, other)]
    administrator = building.make_user("administrator", is_superuser=False, is_staff=False)
    give_role(user=administrator, role=Role.ADMINISTRATOR)
    client.force_login(administrator)
    assert {row.pk for row in client.get(address(model)).context["object_list"]} == {row.pk for row in rows}
    expected = 200 if model in WITH_FORMS else 302
    assert [client.get(address(model, "edit", row.pk)).status_code for row in rows] == [expected] * 2


def test_attendance_is_changed_in_the_room_alone(office: Client, own: Committee) -> None:
    line = Attendance.objects.create(meeting=own.meeting, name="Ada Lee")
    for where in (address(Attendance, "create"), address(Attendance, "edit", line.pk)):
        assert [office.get(where).status_code, office.post(where, {"name": "Changed"}).status_code] == [302, 302]
    assert list(Attendance.objects.values_list("name", flat=True)) == ["Ada Lee"]


def test_the_chooser_offers_pages_of_the_editors_own_board(office: Client, own: Committee, other: Committee) -> None:
    call_command("update_index", verbosity=0)
    search = reverse("wagtailadmin_choose_page_search")
    asked = {"page_type": "minutes.meetingpage", "q": own.meeting.title, "user_perms": OWN_PAGES}
    found = office.get(search, asked).content.decode()
    assert f'data-id="{own.meeting.pk}"' in found
    assert f'data-id="{other.meeting.pk}"' not in found
    anywhere = office.get(search, {**asked, "user_perms": ""}).content.decode()
    assert f'data-id="{other.meeting.pk}"' in anywhere
    below = reverse("wagtailadmin_choose_page_child", args=[own.board.get_parent().pk])
    offered = office.get(below, {"page_type": "governance.boardpage", "user_perms": OWN_PAGES}).json()["html"]
    assert f'data-id="{own.board.pk}"' in offered
    assert f'data-id="{other.board.pk}"' not in offered


def test_the_groups_that_wagtail_brings_are_removed_unless_somebody_is_in_them(clerk: User) -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    for name in ("Editors", "Moderators"):
        Group.objects.create(name=name)
    clerk.groups.add(Group.objects.get(name="Editors"))
    sync_roles()
    assert list(Group.objects.filter(name__in=["Editors", "Moderators"]).values_list("name", flat=True)) == ["Editors"]
    told = run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
    assert [message.id for message in told] == ["governance.W002"]
    clerk.groups.clear()
    sync_roles()
    assert run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS]) == []
    assert not GroupPagePermission.objects.filter(group__name__in=["Editors", "Moderators"]).exists()
