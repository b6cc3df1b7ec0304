"""A joint meeting: two boards decide together, and each shows what they decided."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Membership, Person, User
from governance.operations.publishing import add_record, publish_record
from governance.operations.roles import give_role
from minutes.models import JointBoard, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.adoption import start_action
from minutes.operations.deciding import publish_decisions
from minutes.operations.meetings import publish_agenda, schedule_meeting, set_status
from minutes.operations.minuting import minute_of, publish_minutes
from minutes.operations.questions import accept_question, answer_question, receive_question
from tests import building

pytestmark = pytest.mark.django_db
CLAUSE = "That one team answers everybody who leaves hospital."


def read(page: str) -> str:
    """What a resident reads of a page."""
    main = BeautifulSoup(Client().get(page).content, "html.parser").main
    assert main is not None
    return " ".join(main.get_text(" ").split())


@pytest.fixture
def partnership(board: BoardPage, clerk: User) -> BoardPage:
    """The other board."""
    return building.make_board(clerk, code="PLACE", title="Place Partnership")


def a_member_of(board: BoardPage, name: str) -> Client:
    """Somebody who sits on a board, logged in."""
    user = building.make_user(name, is_superuser=False, is_staff=False)
    person = Person.objects.create(name=name.title())
    User.objects.filter(pk=user.pk).update(person=person)
    Membership.objects.create(person=person, board=board, from_date=date(2026, 1, 1))
    give_role(user=user, role=Role.MEMBER, board=board)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_two_boards_meet_and_both_show_what_they_decided(board: BoardPage, partnership: BoardPage, clerk: User) -> None:
    # The clerk schedules the meeting under the Health and Wellbeing Board, and names the board that meets with it.
    held = timezone.now() - timedelta(days=2)
    meeting = schedule_meeting(board=board, starts_at=held, by=clerk, at=held - timedelta(days=30))
    meeting.joint_boards.add(JointBoard(board=partnership))
    meeting = publish_record(page=meeting, by=clerk)
    item = building.make_item(meeting, clerk, "Leaving hospital", publish=False)
    meeting = publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)

    # A carer puts a question; it is accepted for that item.
    question = receive_question(meeting=meeting, asked_by="A carer", text="Whom do I ring?", received_on=held.date(), by=clerk)
    accept_question(question=question, item=item, by=clerk)

    # The boards meet, and resolve one thing. The clerk publishes the decisions within the hour.
    set_status(meeting=meeting, status="held", by=clerk)
    answer_question(question=question, answer="One number, from March.", on=timezone.localdate(), by=clerk)
    clause = ResolutionPage(
        title="Resolution 1", slug="resolution-1", position=1, label="(1)", text=CLAUSE, stem="RESOLVED", outcome="carried"
    )
    add_record(parent=item, page=clause, by=clerk)
    publish_decisions(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    start_action(
        resolution=ResolutionPage.objects.get(),
        title="One team for leaving hospital",
        promise="We will have one team.",
        kind="board",
        by=clerk,
        publish=True,
    )
    minute = minute_of(item=item, by=clerk)
    minute.text, minute.outcome = "<p>Both boards spoke.</p>", "decided"
    minute.save_revision(user=clerk)
    publish_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)

    # A resident reads the same decision under each board: among the latest, and in the year's list.
    year = timezone.localdate(held).year
    for each in (board, partnership):
        assert CLAUSE in read(each.get_url()), each
        assert CLAUSE in read(f"{each.get_url()}?decisions={year}"), each

    # The promise is on the progress page once, under the board that keeps it; the other board's page leads to it.
    action = ActionPage.objects.get()
    assert action.title in read(partnership.get_url())
    assert "Kept by the Health and Wellbeing Board." in read(partnership.get_url())
    assert "Promised together" not in read(board.get_url())

    # The page of the meeting says who met; the question stands there and in the minute of its item.
    page = read(meeting.get_url())
    assert "jointly with Place Partnership" in page
    for shown in (page, read(MinutePage.objects.get().get_url())):
        assert "Whom do I ring?" in shown and "One number, from March." in shown

    # The members of both boards find it in their area.
    for each, name in ((board, "amina"), (partnership, "dev")):
        area = a_member_of(each, name).get("/members/").content.decode()
        assert meeting.get_url() in area, name


def test_a_board_that_did_not_meet_shows_none_of_it(board: BoardPage, partnership: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, timezone.now() - timedelta(days=2))
    item = building.make_item(meeting, clerk)
    building.make_resolution(item, clerk, text=CLAUSE)
    assert CLAUSE in read(board.get_url())
    assert CLAUSE not in read(partnership.get_url())


def test_two_boards_decide_only_where_each_has_a_quorum_of_its_own(
    board: BoardPage, partnership: BoardPage, clerk: User
) -> None:
    # The Health and Wellbeing Board needs two of its members, the partnership two of its own. Amina sits on both.
    BoardPage.objects.update(quorum=2)
    people = {name: Person.objects.create(name=name) for name in ("Amina", "Ben", "Cat", "Dev")}
    for name, boards in (("Amina", (board, partnership)), ("Ben", (board,)), ("Cat", (partnership,)), ("Dev", (partnership,))):
        for each in boards:
            Membership.objects.create(person=people[name], board=each, from_date=date(2026, 1, 1))
    held = timezone.now() - timedelta(days=2)
    meeting = schedule_meeting(board=board, starts_at=held, by=clerk, at=held - timedelta(days=30))
    meeting.joint_boards.add(JointBoard(board=partnership))
    meeting = publish_record(page=meeting, by=clerk)
    item = building.make_item(meeting, clerk, "Leaving hospital", publish=False)
    meeting = publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    set_status(meeting=meeting, status="held", by=clerk)

    # The clerk opens the room: it lists the members of both boards. Amina and Ben are there, nobody else of the partnership.
    client = Client()
    client.force_login(clerk)
    room = f"/admin/meetings/{meeting.pk}/room/"
    assert all(name in client.get(room).content.decode() for name in (*people, "Place Partnership"))
    for name in ("Amina", "Ben"):
        client.post(room, {"person": people[name].pk, "presence": "present"})
    shown = " ".join(client.get(room).content.decode().split())
    assert "Health and Wellbeing Board: 2 of at least 2. Place Partnership: 1 of at least 2." in shown

    # So nothing is resolved.
    clause = ResolutionPage(
        title="Resolution 1", slug="resolution-1", position=1, label="(1)", text=CLAUSE, stem="RESOLVED", outcome="carried"
    )
    add_record(parent=item, page=clause, by=clerk)
    with pytest.raises(Refused, match="Place Partnership: 1 of at least 2"):
        publish_decisions(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)

    # Cat had come late and was not written down. With her both boards decide, and a resident reads it.
    client.post(room, {"person": people["Cat"].pk, "presence": "present"})
    publish_decisions(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    assert CLAUSE in read(ResolutionPage.objects.get().get_url())
    assert CLAUSE in read(partnership.get_url())
