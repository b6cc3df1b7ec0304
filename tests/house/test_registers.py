"""Every register: its list, search, filters and export, who sees it, and that more rows ask no more of the database."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import openpyxl  # type: ignore[import-untyped]
import pytest

from governance.enums import PointSource, Role, Suitability
from governance.models import (
    ActionPage,
    BodyType,
    Comment,
    Commitment,
    CoproductionPrinciple,
    FreeDay,
    Membership,
    Organisation,
    OrganisationType,
    PartnerRequest,
    PeopleGroup,
    Person,
    Point,
    ProgressIndexPage,
    Service,
    Standard,
    SuitabilityReview,
    User,
)
from governance.operations.roles import give_role
from governance.register_parts import KeptRegister, PageRegister, harmless
from governance.registers import PeopleAndPartners, Promises
from governance.roles import REGISTERS
from governance.voice_registers import Voices
from minutes.models import (
    AgendaItemPage,
    Attendance,
    ExemptionGround,
    FollowUp,
    MeetingPage,
    Paper,
    ProgrammeEntry,
    PublicQuestion,
    ResolutionPage,
)
from minutes.registers import Meetings
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
FORMULA = '=HYPERLINK("http://example.org")'
ALL = [register for group in (Promises, Voices, PeopleAndPartners, Meetings) for register in group.items]


def organisation(number: int) -> Organisation:
    """One organisation for each row."""
    return building.make_organisation(f"Organisation {number}")


def a_person(number: int) -> Person:
    """One person for each row."""
    return Person.objects.create(name=f"Person {number}", organisation=organisation(number))


def a_meeting() -> MeetingPage:
    """The meeting that is there from the start."""
    return MeetingPage.objects.order_by("pk")[0]


def another_meeting(number: int) -> MeetingPage:
    """A draft of a meeting a few weeks later."""
    starts_at = building.london(2026, 11, 5, 14) + timedelta(weeks=number)
    page = MeetingPage(title=f"Meeting {number}", slug=f"meeting-{number}", starts_at=starts_at, live=False)
    return a_meeting().board.add_child(instance=page)


def an_item() -> AgendaItemPage:
    """The item."""
    return AgendaItemPage.objects.get()


def an_action(number: int) -> ActionPage:
    """A draft, added without its consequences."""
    board = a_meeting().board
    page = ActionPage(title=f"Action {number}", slug=f"a-{number}", board=board, promise="We will.", live=False)
    return ProgressIndexPage.objects.get().add_child(instance=page)


def a_resolution(number: int) -> ResolutionPage:
    """A draft."""
    page = ResolutionPage(title=f"Resolution {number}", slug=f"r-{number}", text="That it be so.", live=False)
    return an_item().add_child(instance=page)


def a_service(number: int) -> Service:
    """One service for each row."""
    return Service.objects.create(name=f"Service {number}", organisation=organisation(number))


MAKE: dict[type[Any], Callable[[int], Any]] = {
    Organisation: organisation,
    Person: a_person,
    Membership: lambda n: Membership.objects.create(
        person=a_person(n), board=a_meeting().board, organisation=organisation(n), from_date=DAY
    ),
    PeopleGroup: lambda n: PeopleGroup.objects.create(name=f"Group {n}", organisation=organisation(n)),
    OrganisationType: lambda n: OrganisationType.objects.create(name=f"Type {n}"),
    BodyType: lambda n: BodyType.objects.create(name=f"Body {n}"),
    Commitment: lambda n: Commitment.objects.create(text=f"Promise {n}", organisation=organisation(n), source_title="Plan"),
    Point: lambda n: Point.objects.create(text=f"Point {n}", about=an_action(n), source=PointSource.MINUTED, raised_on=DAY),
    Comment: lambda n: Comment.objects.create(
        about=an_action(n), text=f"Comment {n}", raised_by="carer", received_at=timezone.now()
    ),
    Standard: lambda n: Standard.objects.create(
        title=f"Standard {n}", text="<p>Well.</p>", organisation=organisation(n), service=a_service(1000 + n)
    ),
    PartnerRequest: lambda n: PartnerRequest.objects.create(action=an_action(n), organisation=organisation(n), asked_on=DAY),
    Service: a_service,
    SuitabilityReview: lambda n: SuitabilityReview.objects.create(
        service=a_service(n), year=2026, verdict=Suitability.LATER, reviewed_on=DAY, action=an_action(n)
    ),
    CoproductionPrinciple: lambda n: CoproductionPrinciple.objects.create(name=f"Principle {n}", explanation="Why"),
    ActionPage: an_action,
    MeetingPage: another_meeting,
    ResolutionPage: a_resolution,
    Attendance: lambda n: Attendance.objects.create(meeting=a_meeting(), person=a_person(n), name=f"Person {n}"),
    Paper: lambda n: Paper.objects.create(item=an_item(), title=f"Paper {n}"),
    FollowUp: lambda n: FollowUp.objects.create(item=an_item(), text=f"Follow-up {n}"),
    PublicQuestion: lambda n: PublicQuestion.objects.create(
        meeting=a_meeting(), asked_by=f"Person {n}", text=f"Question {n}", received_on=DAY
    ),
    ProgrammeEntry: lambda n: ProgrammeEntry.objects.create(board=a_meeting().board, title=f"Business {n}"),
    FreeDay: lambda n: FreeDay.objects.create(day=DAY + timedelta(days=n), name=f"Mourning {n}", nation="england"),
    ExemptionGround: lambda n: ExemptionGround.objects.create(short_name=f"Ground {n}", description="As the law says"),
}


@pytest.fixture
def client(board: Any, clerk: User) -> Client:
    """An editor of the board, so that rights are worked out and not waved through."""

    def make_editor() -> User:
        building.make_item(building.make_meeting(board, clerk), clerk)
        editor = building.make_user("editor", is_superuser=False, is_staff=False)
        give_role(user=editor, role=Role.EDITOR, board=board)
        return editor

    client = Client()
    client.force_login(kept("editor with a meeting", make_editor))
    return client


def address(register: Any) -> str:
    """Where the register is."""
    return reverse(f"{register.model._meta.app_label}_{register.model._meta.model_name}_modeladmin_index")


def exported(client: Client, where: str) -> list[list[str]]:
    """The rows of the export, the heading first."""
    return list(csv.reader(StringIO(client.get(where, {"export": "csv"}).getvalue().decode())))


def queries(client: Client, where: str, **asked: str) -> int:
    """How many queries a list takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(where, asked).status_code == 200
    return len(captured)


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.__name__)
def test_more_rows_ask_no_more_queries(client: Client, register: Any) -> None:
    for number in range(5):
        MAKE[register.model](number)
    where = address(register)
    client.get(where)
    few, few_exported = queries(client, where), queries(client, where, export="csv")
    for number in range(5, 50):
        MAKE[register.model](number)
    assert (queries(client, where), queries(client, where, export="csv")) == (few, few_exported)
    assert few <= 40


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.__name__)
def test_list_search_filters_and_export(client: Client, register: Any) -> None:
    made = MAKE[register.model](7)
    where, first = address(register), str(register.search_fields[0]).split("__", maxsplit=1)[0]
    shown = client.get(where).content.decode()
    assert str(getattr(made, first)) in shown
    assert "icon-yes" not in shown and "icon-no" not in shown  # pictures of an admin that is not installed
    assert client.get(where, {"q": "nothing is called this"}).context["result_count"] == 0
    assert client.get(where, {"q": str(getattr(made, first))}).context["result_count"] >= 1
    for name in register.list_filter:
        if not isinstance(name, str):
            # A filter of several columns says itself what it offers.
            assert client.get(where, {name.parameter_name: "open"}).status_code == 200
            continue
        field = register.model._meta.get_field(name)
        value = getattr(made, field.attname)
        asked = (
            {f"{name}__id__exact": value}
            if field.is_relation
            else {f"{name}__exact": int(value) if value in {True, False} else value}
        )
        if value is not None and not name.endswith("_on"):
            assert client.get(where, asked).context["result_count"] >= 1, name
    rows = exported(client, where)
    assert len(rows[0]) == len(register.list_export or register.list_display)
    assert len(rows) >= 2
    book = openpyxl.load_workbook(BytesIO(client.get(where, {"export": "xlsx"}).getvalue()))
    assert book.active.max_row == len(rows)
    book.close()


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.__name__)
def test_what_cannot_be_looked_up_shows_the_whole_list(client: Client, register: Any) -> None:
    where = address(register)
    for asked in ({"no_such_column__exact": "1"}, {"q": 'a "quoted\x00'}, {"pk__exact": "x"}):
        response = client.get(where, asked)
        assert (response.status_code, response.headers.get("Location")) == (302, where)
    assert client.get(where, {"q": '"'}).status_code == 200


def test_a_formula_is_not_run_by_a_spreadsheet(client: Client) -> None:
    Commitment.objects.create(text=FORMULA, organisation=organisation(1), source_title="+1")
    row = exported(client, reverse("governance_commitment_modeladmin_index"))[1]
    assert row[0] == f"'{FORMULA}"
    assert "'+1" in row
    book = openpyxl.load_workbook(
        BytesIO(client.get(reverse("governance_commitment_modeladmin_index"), {"export": "xlsx"}).getvalue())
    )
    assert book.active["A2"].value == f"'{FORMULA}"
    assert book.active["A2"].data_type == "s"
    book.close()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_begins_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"1{start}") == f"1{start}"


def test_numbers_and_dates_stay_what_they_are() -> None:
    assert [harmless(value) for value in (-1, DAY, None)] == [-1, DAY, None]


def test_every_list_of_rows_is_registered_once() -> None:
    rows = [register for register in ALL if issubclass(register, KeptRegister)]
    labels = [f"{register.model._meta.app_label}.{register.model._meta.model_name}" for register in rows]
    assert sorted(labels) == sorted(REGISTERS)
    assert {register.model for register in ALL if issubclass(register, PageRegister)} == {
        ActionPage,
        MeetingPage,
        ResolutionPage,
    }


def test_nobody_deletes_a_row(client: Client, clerk: User) -> None:
    person = a_person(1)
    delete = reverse("governance_person_modeladmin_delete", args=[person.pk])
    administrator = Client()
    administrator.force_login(clerk)
    for each in (client, administrator):
        assert each.post(delete).status_code == 302
        assert Person.objects.filter(pk=person.pk).exists()


def test_a_register_of_pages_shows_what_the_person_may_see(client: Client, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    own = an_action(1)
    building.make_action(other, clerk, title="Action of another board", publish=False)
    where = reverse("governance_actionpage_modeladmin_index")
    shown = client.get(where).content.decode()
    assert "Action of another board" not in shown
    assert reverse("wagtailadmin_pages:edit", args=[own.pk]) in shown
    administrator = Client()
    administrator.force_login(clerk)
    assert "Action of another board" in administrator.get(where).content.decode()
    for role, sees in ((Role.AUDITOR, True), (Role.MEMBER, False)):
        person = building.make_user(role.value, is_superuser=False, is_staff=False)
        give_role(user=person, role=role, board=None if role is Role.AUDITOR else own.board)
        visitor = Client()
        visitor.force_login(person)
        response = visitor.get(where)
        assert (response.status_code == 200) is sees
        assert ("Action of another board" in response.content.decode()) is sees
        assert reverse("wagtailadmin_pages:edit", args=[own.pk]) not in response.content.decode()


def test_an_auditor_looks_at_rows_and_changes_none(client: Client) -> None:
    auditor = building.make_user("auditor", is_superuser=False, is_staff=False)
    give_role(user=auditor, role=Role.AUDITOR)
    person = a_person(1)
    visitor = Client()
    visitor.force_login(auditor)
    for register in ALL:
        assert visitor.get(address(register)).status_code == 200, register
    for name, arguments in (("edit", [person.pk]), ("delete", [person.pk]), ("create", [])):
        where = reverse(f"governance_person_modeladmin_{name}", args=arguments)
        assert visitor.get(where).status_code == 302
        assert visitor.post(where, {"name": "Changed"}).status_code == 302
    assert Person.objects.get(pk=person.pk).name == "Person 1"


def test_an_editor_adds_and_changes_rows(client: Client) -> None:
    type_of = OrganisationType.objects.create(name="Trust")
    form = {"name": "Ashmere Trust", "type": str(type_of.pk)}
    assert client.post(reverse("governance_organisation_modeladmin_create"), form).status_code == 302
    made = Organisation.objects.get(name="Ashmere Trust")
    ended = {**form, "ended_on": timezone.localdate().isoformat()}
    assert client.post(reverse("governance_organisation_modeladmin_edit", args=[made.pk]), ended).status_code == 302
    made.refresh_from_db()
    assert made.ended_on == timezone.localdate()
    assert client.post(reverse("governance_organisationtype_modeladmin_create"), {"name": "New"}).status_code == 302
    assert not OrganisationType.objects.filter(name="New").exists()
