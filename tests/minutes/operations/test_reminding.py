"""Reports that are still to follow, and who is reminded of them."""

from datetime import date, timedelta

from django.utils import timezone

import pytest

from governance.models import BoardPage, Delivery, Person, PreparationStep, User
from governance.operations.reminding import remind
from minutes.deadlines import last_day_to_publish
from minutes.enums import MeetingStatus, PaperState
from minutes.models import Paper
from minutes.operations.meetings import set_status
from minutes.operations.reminding import reports_owed
from tests import building


@pytest.mark.parametrize(
    ("meeting", "days", "counting", "nation", "last"),
    [
        # Five clear working days before a Thursday: the Wednesday of the week before.
        (date(2026, 10, 8), 5, "working_days", "england", date(2026, 9, 30)),
        # Christmas Day, Boxing Day kept on the Monday, and New Year's Day do not count.
        (date(2027, 1, 5), 5, "working_days", "england", date(2026, 12, 23)),
        (date(2026, 10, 8), 3, "calendar", "wales", date(2026, 10, 4)),
        (date(2026, 10, 12), 3, "not_sundays", "scotland", date(2026, 10, 7)),
        (date(2026, 10, 8), 0, "working_days", "england", date(2026, 10, 7)),
    ],
)
def test_the_last_day_leaves_the_clear_days_that_the_rule_asks_for(
    meeting: date, days: int, counting: str, nation: str, last: date
) -> None:
    assert last_day_to_publish(meeting, days, counting, nation) == last


@pytest.mark.django_db
def test_an_author_is_reminded_of_a_report_that_is_to_follow(board: BoardPage, clerk: User) -> None:
    soon = timezone.now() + timedelta(days=40)
    meeting = building.make_meeting(board, clerk, soon.replace(minute=0, second=0, microsecond=0))
    item = building.make_item(meeting, clerk, report_author="Sue Wilson")
    other = building.make_item(meeting, clerk, "Falls", report_author="Nobody Known")
    for each, state in ((item, PaperState.TO_FOLLOW), (item, PaperState.RECEIVED), (other, PaperState.TO_FOLLOW)):
        Paper.objects.create(item=each, title="Report", state=state)
    Person.objects.create(name="Sue Wilson", email="sue@example.org")
    dues = list(reports_owed(timezone.localdate()))
    assert [(due.who, due.email) for due in dues] == [("Sue Wilson", "sue@example.org"), ("Nobody Known", "")]
    assert remind(today=dues[0].due_on) == 1
    assert remind(today=dues[0].due_on) == 0
    sent = Delivery.objects.get(kind="reminder")
    assert (sent.to, meeting.get_url() in sent.text) == ("sue@example.org", True)
    set_status(meeting=meeting, status=MeetingStatus.POSTPONED, by=clerk, reason="The room is being repaired.")
    assert list(reports_owed(timezone.localdate())) == []


@pytest.mark.django_db
def test_a_report_is_due_with_the_last_step_of_the_boards_rule_book(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2027, 1, 13, 14))
    Paper.objects.create(item=building.make_item(meeting, clerk), title="Report", state=PaperState.TO_FOLLOW)
    for name, days in (("Draft", 15), ("Final report", 2), ("Cleared", 5)):
        PreparationStep.objects.create(board=board, name=name, days_before=days)
    # Two working days before Tuesday 5 January 2027, on which the agenda goes out; the 1st is a bank holiday.
    assert [due.due_on for due in reports_owed(date(2026, 11, 22))] == [date(2026, 12, 31)]
