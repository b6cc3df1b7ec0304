"""Reports that are asked for of their authors: by mail, by a day, chased until they come."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, LedgerEntry, Person, PreparationStep, User
from governance.operations.mail import send_deliveries
from governance.operations.reminding import remind
from governance.operations.roles import give_role
from minutes.enums import MeetingStatus, PaperKind, PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper, PaperRequest
from minutes.operations.meetings import set_status
from minutes.operations.paper_requests import Asked, forget_addresses, request_papers
from minutes.operations.programme import tick_step
from minutes.operations.reminding import reports_owed
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting in six weeks."""
    return building.make_meeting(board, clerk, timezone.now() + timedelta(days=42))


@pytest.fixture
def item(meeting: MeetingPage, clerk: User) -> AgendaItemPage:
    """An item whose report is to follow."""
    made = building.make_item(meeting, clerk, report_author="Sue Wilson")
    Paper.objects.create(item=made, title="How home care is planned")
    return made


def soon(days: int = 20) -> date:
    """A day before the meeting."""
    return timezone.localdate() + timedelta(days=days)


def ask(meeting: MeetingPage, clerk: User, *asked: Asked, **changes: Any) -> list[PaperRequest]:
    """Ask for reports."""
    return request_papers(**{"meeting": meeting, "asked": asked, "due_on": soon(), "by": clerk, **changes})


def test_an_author_is_written_to_and_reminded_until_the_report_is_here(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User, mailoutbox: list[Any]
) -> None:
    paper = Paper.objects.get()
    ask(meeting, clerk, Asked(item, "Sue Wilson", "sue@example.org", paper), note="Two pages at most.")
    assert send_deliveries() == 1
    assert mailoutbox[0].to == ["sue@example.org"]
    assert all(words in mailoutbox[0].body for words in ("How home care is planned", "Two pages at most.", "Dear Sue Wilson"))
    assert [(due.due_on, due.email) for due in reports_owed(timezone.localdate())] == [(soon(), "sue@example.org")]
    assert (remind(today=soon(13)), remind(today=soon(13)), remind(today=soon())) == (1, 0, 1)
    assert LedgerEntry.objects.filter(
        page=item.pk, note__contains="asked for: How home care is planned, of Sue Wilson"
    ).exists()
    assert "example.org" not in "".join(LedgerEntry.objects.values_list("note", flat=True))
    # The report comes: nobody is reminded of it any more, not even by mail that waits already.
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.RECEIVED)
    assert list(reports_owed(timezone.localdate())) == []
    assert send_deliveries() == 0


def test_a_mail_that_waits_is_not_sent_once_the_report_came_or_the_meeting_went(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User
) -> None:
    paper = Paper.objects.get()
    ask(meeting, clerk, Asked(item, "Sue", "sue@example.org", paper))
    set_status(meeting=meeting, status=MeetingStatus.POSTPONED, by=clerk, reason="The room is flooded.")
    assert send_deliveries() == 0
    assert Delivery.objects.get().failed_because == "The meeting does not take place on its day."


def test_asked_again_the_last_day_holds_and_both_are_kept(meeting: MeetingPage, item: AgendaItemPage, clerk: User) -> None:
    paper = Paper.objects.get()
    ask(meeting, clerk, Asked(item, "Sue", "sue@example.org", paper))
    ask(meeting, clerk, Asked(item, "Ravi", "ravi@example.org", paper), due_on=soon(25))
    assert PaperRequest.objects.count() == 2
    assert [(due.who, due.due_on) for due in reports_owed(timezone.localdate())] == [("Ravi", soon(25))]


def test_an_item_without_a_listed_report_gets_one(meeting: MeetingPage, clerk: User) -> None:
    item = building.make_item(meeting, clerk, "Falls", report_author="Ravi")
    ask(meeting, clerk, Asked(item, "Ravi"))
    paper = Paper.objects.get()
    assert (paper.title, paper.state, Delivery.objects.count()) == ("Falls", PaperState.TO_FOLLOW, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked": []}, "Choose the reports"),
        ({"due_on": date(2020, 1, 1)}, "has passed already"),
        ({"due_on": date(2120, 1, 1)}, "due after the meeting"),
        ({"name": " "}, "of whom"),
        ({"email": "not an address"}, "valid email"),
        ({"state": PaperState.CHECKED}, "is not asked for"),
        ({"status": MeetingStatus.HELD}, "not a meeting to come"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User, changes: dict[str, Any], words: str
) -> None:
    paper = Paper.objects.get()
    Paper.objects.filter(pk=paper.pk).update(state=changes.pop("state", PaperState.TO_FOLLOW))
    meeting.status = changes.pop("status", meeting.status)
    other = building.make_item(meeting, clerk, "Falls")
    one = Asked(item, changes.pop("name", "Sue"), changes.pop("email", ""), paper)
    with pytest.raises(Refused, match=words):
        ask(meeting, clerk, **{"asked": [Asked(other, "Ravi"), one], **changes})
    assert (PaperRequest.objects.count(), Paper.objects.count(), Delivery.objects.count()) == (0, 1, 0)


def test_an_item_of_another_meeting_is_refused(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User, board: BoardPage
) -> None:
    other = building.make_meeting(board, clerk, timezone.now() + timedelta(days=80))
    with pytest.raises(Refused, match="not on the agenda"):
        ask(other, clerk, Asked(item, "Sue"))


def test_addresses_are_erased_once_they_are_of_no_more_use(meeting: MeetingPage, item: AgendaItemPage, clerk: User) -> None:
    paper = Paper.objects.get()
    ask(meeting, clerk, Asked(item, "Sue", "sue@example.org", paper))
    assert forget_addresses() == 0
    assert forget_addresses(soon() + timedelta(days=15)) == 1
    assert PaperRequest.objects.get().email == ""


def test_the_page_lists_every_report_and_asks_for_those_chosen(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User, board: BoardPage, client: Client
) -> None:
    Person.objects.create(name="Sue Wilson", email="sue@example.org")
    for name, days in (("Draft", 15), ("Cleared by finance", 5)):
        PreparationStep.objects.create(board=board, name=name, days_before=days)
    tick_step(item=item, step="Draft", by=clerk)
    Paper.objects.create(item=item, title="An appendix to follow", kind=PaperKind.APPENDIX)
    Paper.objects.create(item=item, title="An appendix that is here", kind=PaperKind.APPENDIX, state=PaperState.CHECKED)
    client.force_login(clerk)
    address = reverse("meeting_reports", args=[meeting.pk])
    page = client.get(address).content.decode()
    for words in (
        "How home care is planned",
        "sue@example.org",
        "An appendix to follow",
        "1 of 2",
        "Left: Cleared by finance",
        "Not yet",
    ):
        assert words in page
    assert "An appendix that is here" not in page
    key = f"{item.pk}-{Paper.objects.earliest('pk').pk}"
    typed = {f"ask-{key}": "on", f"name-{key}": "Sue Wilson", f"email-{key}": "sue@example.org", "note": "Thank you."}
    refused = client.post(address, {**typed, "due_on": "2020-01-01"})
    assert refused.status_code == 409
    assert "has passed already" in refused.content.decode() and "Thank you." in refused.content.decode()
    assert client.post(address, {**typed, "due_on": soon().isoformat()}).status_code == 302
    asked = PaperRequest.objects.get()
    assert (asked.name, asked.due_on, asked.asked_by) == ("Sue Wilson", soon(), clerk)
    assert client.get(address).content.decode().count("Not yet") == 1


def test_only_those_who_write_ask_and_an_auditor_reads(
    meeting: MeetingPage, item: AgendaItemPage, board: BoardPage, client: Client
) -> None:
    address = reverse("meeting_reports", args=[meeting.pk])
    for role, reads, asks in ((Role.EDITOR, 200, 400), (Role.AUDITOR, 200, 302), (Role.AUTHOR, 302, 302)):
        user = building.make_user(role.value, is_superuser=False, is_staff=False)
        give_role(user=user, role=role, **building.holder_of(role, board))
        client.force_login(User.objects.get(pk=user.pk))
        assert (role, client.get(address).status_code, client.post(address).status_code) == (role, reads, asks)


def test_the_page_asks_as_often_for_many_reports_as_for_one(
    meeting: MeetingPage, item: AgendaItemPage, clerk: User, client: Client
) -> None:
    client.force_login(clerk)
    address = reverse("meeting_reports", args=[meeting.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        more = building.make_item(meeting, clerk, f"More {number}", report_author="Sue Wilson")
        ask(meeting, clerk, Asked(more, "Sue Wilson", "sue@example.org"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
