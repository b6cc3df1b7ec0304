"""An annual report is gathered from what is public, each thing in its own year."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from governance.enums import ActionStatus
from governance.models import BoardPage, Membership, Person, Point, Service, SuitabilityReview, User, WorkshopPage
from governance.operations.publishing import add_record, publish_record
from minutes.annual import gather as gathering
from minutes.annual.gather import gather
from minutes.models import Attendance, MeetingPage
from minutes.operations.meetings import publish_agenda, set_status
from tests import building
from tests.building import london
from tests.small_site import DRAFT, SmallSite

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(london(2026, 11, 22, 9), tick=False):
        yield


@pytest.fixture
def held(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting of 8 October 2026 whose agenda was out on 30 September, with one resolution."""
    at = datetime(2026, 9, 30, 9, tzinfo=UTC)
    meeting = building.make_meeting(board, clerk, london(2026, 10, 8, 14), at=at)
    item = building.make_item(meeting, clerk)
    publish_agenda(meeting=meeting, by=clerk, at=at)
    set_status(meeting=MeetingPage.objects.get(pk=meeting.pk), status="held", by=clerk)
    building.make_minute(item, clerk)
    building.make_resolution(item, clerk)
    return MeetingPage.objects.get(pk=meeting.pk)


@pytest.mark.django_db
def test_notice_is_told_as_far_as_it_is_recorded(board: BoardPage, held: MeetingPage, clerk: User) -> None:
    (meeting,) = gather(board, "2026-27", TODAY).meetings
    assert (meeting.day, meeting.clear_days, meeting.in_time) == (date(2026, 10, 8), 5, True)
    for entered in (held.starts_at + timedelta(days=1), None):
        MeetingPage.objects.filter(pk=held.pk).update(agenda_published_at=entered)
        (meeting,) = gather(board, "2026-27", TODAY).meetings
        assert (meeting.clear_days, meeting.in_time) == (None, False)
    MeetingPage.objects.filter(pk=held.pk).update(agenda_published_at=datetime(2026, 10, 6, 9, tzinfo=UTC))
    (meeting,) = gather(board, "2026-27", TODAY).meetings
    assert (meeting.clear_days, meeting.in_time) == (1, False)


@pytest.mark.django_db
def test_what_is_called_off_is_no_meeting(board: BoardPage, held: MeetingPage, clerk: User) -> None:
    off = building.make_meeting(board, clerk, london(2026, 11, 5, 14))
    set_status(meeting=off, status="cancelled", by=clerk, reason="Snow.")
    building.make_meeting(board, clerk, london(2026, 12, 3, 14))
    content = gather(board, "2026-27", TODAY)
    assert (len(content.meetings), content.called_off, content.resolved) == (1, 1, 1)
    earlier = gather(board, "2025-26", TODAY)
    assert (earlier.meetings, earlier.called_off, earlier.resolved, earlier.is_over) == ((), 0, 0, True)


@pytest.mark.django_db
def test_promises_stand_in_their_year_and_go_over_into_the_next(board: BoardPage, clerk: User) -> None:
    action = building.make_action(board, clerk, "An old one", first_due_on=date(2026, 1, 31), publish=False)
    action = publish_record(page=action, by=clerk, at=datetime(2025, 6, 1, tzinfo=UTC))
    building.make_update(action, clerk, date(2026, 6, 1))
    building.make_update(action, clerk, date(2026, 7, 1), status=ActionStatus.COMPLETED)
    found = {}
    for year in ("2024-25", "2025-26", "2026-27"):
        content = gather(board, year, TODAY)
        found[year] = (content.made, {group.outcome: group.total for group in content.promises if group.total})
    assert found == {"2024-25": (0, {}), "2025-26": (1, {"late": 1}), "2026-27": (0, {"kept": 1})}


@pytest.mark.django_db
def test_attendance_services_workshops_and_points(board: BoardPage, held: MeetingPage, clerk: User) -> None:
    trust, outside = building.make_organisation("Tarn Trust"), building.make_organisation("Elsewhere")
    person = Person.objects.create(name="Ann Lee", organisation=outside)
    Membership.objects.create(person=person, board=board, organisation=trust, from_date=date(2026, 5, 1))
    Attendance.objects.create(meeting=held, person=person, name="Ann Lee")
    for organisation in (trust, outside):
        service = Service.objects.create(name="Home care", organisation=organisation)
        for year in (2025, 2026):
            SuitabilityReview.objects.create(service=service, year=year, verdict="suitable", reviewed_on=date(year, 6, 1))
    action = building.make_action(board, clerk)
    for number, came in enumerate((12, None)):
        workshop = WorkshopPage(title=f"W{number}", slug=f"w{number}", starts_at=london(2026, 10, 30, 11), came=came)
        add_record(parent=action, page=workshop, by=clerk, publish=True)
    for about, published in ((action, True), (held, True), (action, False)):
        Point.objects.create(about=about, text="Said", source="comment", raised_on=date(2026, 11, 1), published=published)
    content = gather(board, "2026-27", TODAY)
    assert [(line.organisation, line.attended) for line in content.attendance] == [("Tarn Trust", 1)]
    assert [(line.organisation, line.verdict) for line in content.services] == [("Tarn Trust", "Suitable now")]
    assert (len(content.workshops), content.came, content.came_unrecorded) == (2, 12, 1)
    assert (content.points.raised, content.points.answered) == (2, 0)


def test_nothing_that_is_not_public_is_in_it(small_site: SmallSite) -> None:
    content = gather(small_site.board, "2026-27", TODAY)
    assert DRAFT not in str(content.plain())
    # The motion that was lost is not among them.
    assert content.resolved == 3
    assert content.questions.answered == 1


@pytest.mark.django_db
def test_only_so_many_are_named_and_all_are_counted(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PROMISES_NAMED", 1)
    for number in range(3):
        building.make_action(board, clerk, f"Action {number}")
    content = gather(board, "2026-27", date(2026, 12, 1))
    (group,) = [group for group in content.promises if group.total]
    assert (group.outcome, group.total, len(group.lines)) == ("open", 3, 1)


@pytest.mark.django_db
def test_a_year_that_is_none_is_refused(board: BoardPage) -> None:
    for year in ("2026", "2026-28", "x", "9" * 50, ""):
        with pytest.raises(ValueError, match="year"):
            gather(board, year, TODAY)
