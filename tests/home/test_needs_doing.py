"""What needs doing: each role finds its own list by date on the home of the admin, and a longer list asks no more often."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine

from governance.enums import Role
from governance.models import BoardPage, FixityRound, FreeDay, PartnerRequest, Service, User
from governance.needs_doing import MOST_OF_A_SOURCE, Worker, needs_of, register
from governance.needs_of_promises import SOURCES, news_due
from governance.operations.approving import ask_for_approval
from governance.operations.comments import receive_comment
from governance.operations.partner_answers import receive_answer
from governance.operations.pulse import tell_alive
from governance.operations.roles import give_role
from governance.partner_desk import number_waiting
from minutes.enums import MeetingKind, PackState
from minutes.models import ExemptionGround, FollowUp, Paper
from minutes.needs_of_meetings import SOURCES as OF_MEETINGS
from minutes.needs_of_records import SOURCES as OF_RECORDS
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import publish_minutes
from minutes.operations.packing import ask_for_pack
from minutes.operations.questions import accept_question, answer_question, receive_question
from tests import building
from tests.governance.partner_stage import UPDATE, ask

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NOW = building.london(2026, 11, 22, 9)


@pytest.fixture(autouse=True)
def _today(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        # Where no worker is heard of, an administrator has that to see to as well.
        tell_alive()
        yield


def holding(role: Role, board: BoardPage, **held: Any) -> User:
    """Somebody in a role."""
    user = building.make_user(f"{role}-{board.code}", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **(held or building.holder_of(role, board)))
    return user


def listed(user: User, today: date = TODAY) -> dict[str, date | None]:
    """Everything on a person's list, with its day, but the statements that no test here fills."""
    found = needs_of(user, today)
    every = [*found.late, *found.ahead, *found.waiting]
    return {need.words: need.due_on for need in every if not need.words.startswith("Fill in the")}


def an_action(board: BoardPage, clerk: User, title: str = "Home care", **news: Any) -> Any:
    """An action whose news is late and whose date has passed."""
    action = building.make_action(board, clerk, title, first_due_on=date(2026, 11, 20))
    building.make_update(action, clerk, date(2026, 10, 1), next_news_on=date(2026, 11, 12), next_step="More.", **news)
    action.refresh_from_db()
    return action


def test_an_editor_and_an_approver_see_the_late_promises_of_their_board_alone(board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities")
    an_action(board, clerk)
    an_action(other, clerk, "Street lights")
    expected = {
        "Write news of “Home care”": date(2026, 11, 12),
        "Complete “Home care”, or agree another date": date(2026, 11, 20),
    }
    for role in (Role.EDITOR, Role.APPROVER):
        assert listed(holding(role, board)) == expected
    late = needs_of(holding(Role.EDITOR, other), TODAY).late
    assert [need.due_on for need in late] == [date(2026, 11, 12), date(2026, 11, 20)]
    assert {need.about for need in late} == {"Safer Communities"}


def test_what_is_due_in_more_than_four_weeks_is_not_there_yet(board: BoardPage, clerk: User) -> None:
    building.make_action(board, clerk, first_due_on=TODAY + timedelta(days=29))
    assert listed(clerk) == {}
    building.make_action(board, clerk, "Soon", first_due_on=TODAY + timedelta(days=28))
    assert [need.words for need in needs_of(clerk, TODAY).ahead] == ["Complete “Soon”, or agree another date"]


def test_a_closed_action_asks_for_nothing_until_it_is_looked_at_again(board: BoardPage, clerk: User) -> None:
    action = an_action(board, clerk)
    building.make_update(action, clerk, date(2026, 11, 10), status="completed", look_again_on=date(2026, 11, 21))
    assert listed(clerk) == {"Look again at what came of “Home care”": date(2026, 11, 21)}


def test_partners_are_chased_by_the_board_and_reminded_on_their_own_list(board: BoardPage, clerk: User) -> None:
    action, partner = building.make_action(board, clerk), building.make_organisation("Beckside Homes")
    PartnerRequest.objects.create(action=action, organisation=partner, asked_on=date(2026, 11, 1), due_on=date(2026, 11, 15))
    editor, contributor = holding(Role.EDITOR, board), holding(Role.PARTNER, board, organisation=partner)
    assert listed(editor) == {f"Ask Beckside Homes again about “{action.title}”": date(2026, 11, 15)}
    assert listed(contributor) == {f"Report on “{action.title}”": date(2026, 11, 15)}


def test_answers_and_comments_wait_for_those_who_publish(board: BoardPage, clerk: User) -> None:
    asked = ask(board, clerk, at=timezone.now() - timedelta(hours=1))
    receive_answer(link=asked.link, kind="update", given=UPDATE)
    receive_comment(action=asked.action, text="It was good to be asked.")
    waiting = {f"Decide on the answer of {asked.partner}", "Answer a comment, or say why it is not published"}
    approver = holding(Role.APPROVER, board)
    assert waiting <= listed(approver).keys()
    assert number_waiting(approver) == 1
    assert not waiting & listed(holding(Role.AUTHOR, board)).keys()


def test_a_service_is_reviewed_by_whoever_writes_for_a_board(board: BoardPage, clerk: User) -> None:
    Service.objects.create(name="Home care", organisation=building.make_organisation(), next_review_on=date(2026, 12, 1))
    words = "Review whether “Home care” could be co-produced"
    assert words in listed(holding(Role.EDITOR, board))
    assert listed(holding(Role.AUDITOR, board)) == {}


def test_a_meeting_asks_for_its_agenda_its_papers_and_its_minutes_in_turn(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2026, 12, 17, 14))
    item = building.make_item(meeting, clerk)
    Paper.objects.create(item=item, title="Report", kind="report", state="to_follow")
    # Five clear working days before 17 December, as in docs: the agenda goes out on the 9th.
    assert listed(clerk) == {
        f"Publish the agenda of {meeting.title}": date(2026, 12, 9),
        "Get the paper “Report”": date(2026, 12, 9),
    }
    meeting = publish_agenda(meeting=meeting, by=clerk)
    assert listed(clerk) == {"Get the paper “Report”": date(2026, 12, 9)}
    with time_machine.travel(building.london(2026, 12, 18, 9)):
        tell_alive()
        FixityRound.objects.create(started_at=timezone.now(), finished_at=timezone.now())
        after = date(2026, 12, 18)
        assert list(listed(clerk, after)) == [f"Say whether {meeting.title} took place"]
        meeting = set_status(meeting=meeting, status="held", by=clerk)
        minutes = [need for need in needs_of(clerk, after).ahead if need.words.startswith("Publish the draft minutes")]
        # The board's target of ten working days passes over Christmas, Boxing Day in lieu and New Year's Day.
        assert [(need.words, need.due_on) for need in minutes] == [
            (f"Publish the draft minutes of {meeting.title}", date(2027, 1, 5))
        ]
        building.make_minute(item, clerk, publish=False)
        publish_minutes(meeting=meeting, by=clerk)
        building.make_meeting(board, clerk, building.london(2027, 1, 7, 14), kind=MeetingKind.EXTRAORDINARY)
        confirm = {need.words: need.due_on for need in needs_of(clerk, after).waiting}
        assert confirm[f"Have the minutes of {meeting.title} confirmed"] is None
        building.make_meeting(board, clerk, building.london(2027, 1, 14, 14))
        ahead = {need.words: need.due_on for need in needs_of(clerk, after).ahead}
        assert ahead[f"Have the minutes of {meeting.title} confirmed"] == date(2027, 1, 14)


def test_a_day_that_the_board_does_not_count_brings_the_agenda_forward(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2026, 12, 17, 14))
    FreeDay.objects.create(day=date(2026, 12, 14), name="Day of mourning")
    assert listed(clerk) == {f"Publish the agenda of {meeting.title}": date(2026, 12, 8)}


def test_a_pack_that_failed_is_there_until_another_is_asked_for(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2026, 12, 3, 14))
    building.make_item(meeting, clerk)
    meeting = publish_agenda(meeting=meeting, by=clerk)
    pack = ask_for_pack(meeting=meeting, by=clerk)
    type(pack).objects.filter(pk=pack.pk).update(state=PackState.FAILED, failure="The disk is full.")
    assert "Look why the pack could not be built" in listed(clerk)
    ask_for_pack(meeting=meeting, by=clerk)
    assert "Look why the pack could not be built" not in listed(clerk)


def test_the_home_of_the_admin_shows_it_first(board: BoardPage, clerk: User, client: Client) -> None:
    action = an_action(board, clerk)
    client.force_login(holding(Role.EDITOR, board))
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert shown.index("What needs doing") < shown.index("12 November 2026")
    assert reverse("wagtailadmin_explore", args=[action.pk]) in shown
    assert client.get(reverse("wagtailadmin_explore", args=[action.pk])).status_code == 200
    client.force_login(holding(Role.AUDITOR, board))
    assert "Nothing waits for you." in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_days_that_do_not_count_are_asked_for_once(board: BoardPage, clerk: User) -> None:
    grow(board, clerk, range(2))
    with CaptureQueriesContext(connection) as captured:
        needs_of(clerk, TODAY)
    assert sum('FROM "governance_freeday"' in query["sql"] for query in captured) == 1


def test_questions_replies_private_business_and_follow_ups_wait_for_the_board(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2026, 12, 1, 14))
    held = building.make_meeting(board, clerk, building.london(2026, 11, 5, 14))
    item = building.make_item(held, clerk, "Prices")
    type(item).objects.filter(pk=item.pk).update(exempt_ground=ExemptionGround.objects.all()[0], exempt_review_on=TODAY)
    FollowUp.objects.create(item=item, text="Send the slides", due_on=date(2026, 11, 20))
    asked_at: dict[str, Any] = {"asked_by": "A carer", "received_on": date(2026, 11, 2), "by": clerk}
    receive_question(meeting=meeting, text="When?", **asked_at)
    accepted, promised = (receive_question(meeting=held, text=text, **asked_at) for text in ("Why?", "Who?"))
    accept_question(question=accepted, by=clerk)
    answer_question(question=promised, answer="", written_reply=True, on=date(2026, 11, 5), by=clerk)
    mine = {
        "Accept or decline “When?”": date(2026, 12, 1),
        "Record the answer to “Why?”": date(2026, 11, 5),
        "Send the written reply to A carer": date(2026, 11, 19),
        "See whether “Prices” can be public now": TODAY,
        "See that this is done: “Send the slides”": date(2026, 11, 20),
    }
    for role in (Role.EDITOR, Role.APPROVER):
        assert mine.items() <= listed(holding(role, board)).items()
    other = building.make_board(clerk, code="SCP", title="Safer Communities")
    for role, of in ((Role.EDITOR, other), (Role.AUTHOR, board), (Role.AUDITOR, board)):
        assert not mine.keys() & listed(holding(role, of)).keys()


def test_an_author_sees_their_own_papers_and_an_approver_what_somebody_asked_for(board: BoardPage, clerk: User) -> None:
    author, approver = holding(Role.AUTHOR, board), holding(Role.APPROVER, board)
    meeting = building.make_meeting(board, clerk, building.london(2026, 12, 10, 14))
    own, others = (building.make_item(meeting, by, title, publish=False) for by, title in ((author, "Own"), (clerk, "Other")))
    for one in (own, others):
        Paper.objects.create(item=one, title=f"Report on {one.title}", state="to_follow")
    ask_for_approval(page=own, by=author)
    assert listed(author) == {"Bring your paper “Report on Own”": date(2026, 12, 2)}
    assert "Approve “Own”, or return it" in listed(approver)


def test_a_longer_list_asks_no_more_often_and_says_that_there_is_more(board: BoardPage, clerk: User) -> None:
    editor = holding(Role.EDITOR, board)
    grow(board, clerk, range(2))
    few = asked(lambda: needs_of(User.objects.get(pk=editor.pk), TODAY))
    grow(board, clerk, range(2, MOST_OF_A_SOURCE + 2))
    many = asked(lambda: needs_of(User.objects.get(pk=editor.pk), TODAY))
    assert many == few <= 36
    found = needs_of(editor, TODAY)
    assert found.more
    assert len([need for need in found.late if need.words.startswith("Write news")]) == MOST_OF_A_SOURCE


def grow(board: BoardPage, clerk: User, numbers: range) -> None:
    """Late actions, requests, meetings without an agenda and papers to follow."""
    for number in numbers:
        action = building.make_action(board, clerk, f"Action {number}")
        type(action).objects.filter(pk=action.pk).update(next_news_on=date(2026, 11, 1), status="under_way")
        partner = building.make_organisation(f"Partner {number}")
        PartnerRequest.objects.create(action=action, organisation=partner, asked_on=date(2026, 10, 1), due_on=date(2026, 11, 1))
        if number < 5:
            meeting = building.make_meeting(board, clerk, building.london(2026, 12, 1 + number, 14))
            Paper.objects.create(item=building.make_item(meeting, clerk), title=f"Report {number}", state="to_follow")


def asked(ask_for: Callable[[], object]) -> int:
    """How many queries that takes."""
    with CaptureQueriesContext(connection) as captured:
        ask_for()
    return len(captured)


def test_a_source_is_added_once() -> None:
    with pytest.raises(ValueError, match="news_due is asked already"):
        register(news_due)
    assert len({*SOURCES, *OF_MEETINGS, *OF_RECORDS}) == len(SOURCES) + len(OF_MEETINGS) + len(OF_RECORDS)


def test_nobody_who_holds_nothing_has_a_list(board: BoardPage, clerk: User) -> None:
    an_action(board, clerk)
    nobody = building.make_user("nobody", is_superuser=False, is_staff=False)
    assert listed(nobody) == {}
    assert Worker(nobody, TODAY).writes_for == {}
