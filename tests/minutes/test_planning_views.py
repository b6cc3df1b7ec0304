"""Planning, moving, posting a notice and the work programme as an editor meets them, and who is refused."""

from datetime import UTC, date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import Role
from governance.models import BoardPage, PreparationStep, User
from governance.operations.roles import give_role
from minutes.models import AgendaItemPage, Clearance, FormerDate, MeetingPage, ProgrammeEntry
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
MONTHS = [str(month) for month in range(1, 13)]


@pytest.fixture
def client(clerk: User) -> Client:
    """The clerk."""
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting to come."""
    return building.make_meeting(board, clerk, london(2027, 1, 13, 14), venue="Town Hall")


def pattern(**changed: Any) -> dict[str, Any]:
    """The second Wednesday from January to June."""
    answers = {
        "first": "2027-01-01",
        "last": "2027-06-30",
        "how": "monthly",
        "which": "2",
        "weekday": "2",
        "every": "6",
        "months": MONTHS,
        "starts": "14:00",
        "lasts": "120",
        "venue": "Town Hall",
        "avoid": "next",
    }
    return {**answers, **changed}


def test_the_days_are_shown_before_any_meeting_is_made(client: Client, board: BoardPage, meeting: MeetingPage) -> None:
    shown = client.post(reverse("plan_year", args=[board.pk]), pattern()).content.decode()
    assert shown.count('name="days"') == 6
    assert "This board meets at 2pm already" in shown
    assert "in place of Wednesday 13 January 2027" in shown
    assert MeetingPage.objects.count() == 1


def test_the_ticked_days_become_meetings_and_twice_makes_no_more(client: Client, board: BoardPage) -> None:
    days = ["2027-02-10", "2027-03-10"]
    where = reverse("plan_year", args=[board.pk])
    for _time in range(2):
        assert client.post(where, pattern(make="1", days=days, avoid="keep")).status_code == 302
    assert [meeting.day.isoformat() for meeting in MeetingPage.objects.order_by("starts_at")] == days


def test_every_few_weeks_and_a_shared_member_and_place(client: Client, board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    building.make_meeting(other, clerk, london(2027, 1, 7, 10), venue="town hall")
    shown = client.post(reverse("plan_year", args=[board.pk]), pattern(first="2027-01-07", how="weekly", avoid="skip"))
    assert "Place Partnership Board meets in the same place at 10am" in shown.content.decode()
    assert "Thursday 7 January 2027: left out" in shown.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last": "2026-01-01"}, "at most three years later"),
        ({"last": "2040-01-01"}, "at most three years later"),
        ({"first": "tomorrow"}, "Enter a valid date"),
        ({"months": []}, "required"),
        ({"how": "weekly", "every": ""}, "Say every how many weeks"),
        ({"starts": "25:99"}, "Enter a valid time"),
        ({"lasts": "0"}, "greater than or equal to 5"),
    ],
)
def test_a_pattern_that_means_nothing_is_asked_for_again(
    client: Client, board: BoardPage, changed: dict[str, Any], words: str
) -> None:
    response = client.post(reverse("plan_year", args=[board.pk]), pattern(**changed))
    assert response.status_code == 400
    assert words in response.content.decode()


def test_no_day_ticked_and_a_missing_hour_are_told_in_plain_words(client: Client, board: BoardPage) -> None:
    where = reverse("plan_year", args=[board.pk])
    response = client.post(where, pattern(make="1"))
    assert response.status_code == 409
    assert "Choose between 1 and 120 days." in response.content.decode()
    sunday = pattern(make="1", weekday="6", which="-1", starts="01:30", days=["2027-03-28"], avoid="keep")
    response = client.post(where, sunday)
    assert response.status_code == 409
    assert "On 28 March 2027 the clocks go forward and there is no 01:30." in response.content.decode()
    assert not MeetingPage.objects.exists()


def test_a_meeting_is_moved_and_the_public_reads_both_dates(client: Client, meeting: MeetingPage) -> None:
    where = reverse("move_meeting", args=[meeting.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"day": "2027-01-20", "starts": "10:00", "reason": "Snow."}).status_code == 302
    shown = Client().get(meeting.get_url()).content.decode()
    assert "It was announced for <s>Wednesday 13 January 2027, 2pm</s>" in shown
    assert "Wednesday 20 January 2027" in shown
    refused = client.post(where, {"day": "2027-03-28", "starts": "01:30", "reason": "Snow."})
    assert refused.status_code == 400
    assert "the clocks go forward" in refused.content.decode()
    assert FormerDate.objects.count() == 1


def test_a_posted_notice_stands_on_the_notice_to_print(client: Client, meeting: MeetingPage) -> None:
    assert "has not been posted yet" in Client().get(f"{meeting.get_url()}notice/").content.decode()
    assert client.post(reverse("post_notice", args=[meeting.pk]), {"place": "the council offices"}).status_code == 302
    shown = Client().get(f"{meeting.get_url()}notice/").content.decode()
    assert "the council offices" in shown
    assert "Town Hall" in shown
    assert "clear days of notice" in Client().get(meeting.get_url()).content.decode()
    again = client.post(reverse("post_notice", args=[meeting.pk]), {"place": "the library"})
    assert again.status_code == 409
    assert "posted before" in again.content.decode()


def test_an_entry_goes_on_an_agenda_in_one_step_and_leaves_what_is_coming(
    client: Client, board: BoardPage, meeting: MeetingPage
) -> None:
    BoardPage.objects.filter(pk=board.pk).update(publishes_programme=True)
    entry = ProgrammeEntry.objects.create(board=board, title="Winter plan", is_public=True, wanted_by=date(2027, 1, 1))
    ProgrammeEntry.objects.create(board=board, title="Quisquilian")
    public = Client().get(board.get_url()).content.decode()
    assert "What is coming" in public and "Winter plan" in public and "Quisquilian" not in public
    assert "Winter plan" in client.get(reverse("wagtailadmin_pages:edit", args=[board.pk])).content.decode()
    where = reverse("put_on_agenda", args=[entry.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"meeting": meeting.pk}).status_code == 302
    assert AgendaItemPage.objects.get().title == "Winter plan"
    assert "Winter plan" not in Client().get(board.get_url()).content.decode()
    assert client.post(where, {"meeting": meeting.pk}).status_code == 409


def test_steps_of_a_report_are_shown_with_their_days_and_ticked_off(
    client: Client, board: BoardPage, clerk: User, meeting: MeetingPage
) -> None:
    PreparationStep.objects.create(board=board, name="Draft report", days_before=10)
    item = building.make_item(meeting, clerk)
    edit = reverse("wagtailadmin_pages:edit", args=[item.pk])
    # Ten working days before Tuesday 5 January 2027, past the bank holidays of Christmas and New Year.
    assert "due by 17 December 2026" in client.get(edit).content.decode()
    assert client.post(reverse("tick_step", args=[item.pk]), {"step": "Draft report"}).status_code == 302
    assert Clearance.objects.get().by == clerk
    assert "done, clerk" in client.get(edit).content.decode()


def test_the_panel_of_a_meeting_tells_what_is_due_with_its_working(client: Client, meeting: MeetingPage) -> None:
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk])).content.decode()
    assert "Publish the agenda and its papers" in shown
    assert "Sunday 10 January" in shown


def test_before_an_agenda_goes_out_too_late_that_is_said_and_nobody_is_stopped(
    client: Client, board: BoardPage, clerk: User
) -> None:
    soon = (timezone.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    late = building.make_meeting(board, clerk, soon)
    building.make_item(late, clerk, publish=False)
    where = reverse("meeting_step", args=[late.pk, "publish-agenda"])
    assert "There is no day left on which the agenda could go out" in client.get(where).content.decode()
    assert client.post(where).status_code == 302
    shown = Client().get(late.get_url()).content.decode()
    assert "That is shorter than the 5 of this board" in shown
    assert "The reason has not been given here yet." in shown


@pytest.mark.parametrize("role", list(Role))
def test_who_may_plan_move_post_place_and_tick(role: Role, board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    user = building.make_user("other", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    entry = ProgrammeEntry.objects.create(board=board, title="Winter plan")
    item = building.make_item(meeting, clerk)
    client = Client()
    client.force_login(user)
    publishes, writes = {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}, {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
    looks = {*publishes, Role.AUDITOR}
    for name, key, allowed in (
        ("plan_year", board.pk, publishes),
        ("move_meeting", meeting.pk, publishes),
        ("post_notice", meeting.pk, publishes),
        ("put_on_agenda", entry.pk, writes),
        ("tick_step", item.pk, writes),
        ("compliance", board.pk, looks),
    ):
        assert (client.get(reverse(name, args=[key])).status_code == 200) == (role in allowed), name
        if role not in allowed:
            assert client.post(reverse(name, args=[key]), {}).status_code in {302, 403}, name


@pytest.mark.parametrize(
    ("typed", "ends", "words"),
    [
        ("2027-03-28 01:30", "", "On 28 March 2027 the clocks go forward and there is no 01:30. Choose another time."),
        ("2027-01-13 22:00", "2027-01-13 01:00", "A meeting across midnight ends on the next day."),
        ("2027-02-29 14:00", "", "Enter a valid date/time."),
    ],
)
def test_a_time_that_is_none_is_told_in_the_editor_and_nothing_typed_is_lost(
    client: Client, board: BoardPage, typed: str, ends: str, words: str
) -> None:
    where = reverse("wagtailadmin_pages:add", args=["minutes", "meetingpage", board.pk])
    form = querydict_from_html(client.get(where).content.decode(), form_id="page-edit-form")
    form.update({"title": "Quisquilian", "starts_at": typed, "ends_at": ends})
    shown = client.post(where, form).content.decode()
    assert words in shown
    assert "Quisquilian" in shown
    assert not MeetingPage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "ends", "starts_at"),
    [
        ("2026-10-25 01:30", "2026-10-25 03:00", "2026-10-25T00:30:00+00:00"),
        ("2027-01-13 22:00", "2027-01-14 01:00", "2027-01-13T22:00:00+00:00"),
        ("2028-02-29 14:00", "", "2028-02-29T14:00:00+00:00"),
    ],
)
def test_unusual_times_are_kept_as_the_clock_shows_them(
    client: Client, board: BoardPage, typed: str, ends: str, starts_at: str
) -> None:
    where = reverse("wagtailadmin_pages:add", args=["minutes", "meetingpage", board.pk])
    form = querydict_from_html(client.get(where).content.decode(), form_id="page-edit-form")
    form.update({"title": "Night sitting", "starts_at": typed, "ends_at": ends, "action-publish": "1"})
    assert client.post(where, form).status_code == 302
    meeting = MeetingPage.objects.get()
    assert meeting.starts_at.astimezone(UTC).isoformat() == starts_at
    assert meeting.day.isoformat() == typed[:10]
    assert Client().get(meeting.get_url()).status_code == 200
