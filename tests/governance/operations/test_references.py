"""One address, one record: for references and for the places where records were public."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, PublicAddress, Reference, User
from governance.operations.publishing import publish_record, withdraw_record
from governance.operations.references import give_reference
from minutes.models import MeetingPage, MinutePage
from minutes.operations.meetings import schedule_meeting
from tests import building

DAY = building.london(2026, 10, 11, 14)


def test_the_eleventh_clause_of_a_minute_and_a_meeting_have_their_own_addresses(clerk: User, client: Client) -> None:
    """A board whose year is the calendar year: minute 10 of 2026, clause 11, and the meeting of 11 October 2026."""
    board = building.make_board(clerk, year_starts_in=1)
    meeting = building.make_meeting(board, clerk, DAY)
    for number in range(1, 11):
        item = building.make_item(meeting, clerk, title=f"Item {number}")
        building.make_minute(item, clerk)
    resolution = building.make_resolution(item, clerk, number=11)
    assert (meeting.reference, resolution.reference) == ("HWB/2026-10-11", "HWB/2026/10(11)")
    for address, record in (("hwb-2026-10-11", meeting), ("hwb-2026-m10-11", resolution)):
        assert client.get(f"/ref/{address}/")["Location"] == record.get_url()


def test_a_reference_that_would_lead_to_another_records_address_is_refused(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, DAY, publish=False)
    Reference.objects.create(text="HWB 2026 10 11", slug="hwb-2026-10-11", page_id=board.pk, given_at=timezone.now())
    with pytest.raises(Refused, match="same address as HWB 2026 10 11"):
        give_reference(page=meeting, at=timezone.now())
    assert MeetingPage.objects.get().reference is None


def test_an_address_where_a_record_was_public_is_never_anothers(board: BoardPage, clerk: User, client: Client) -> None:
    first = building.make_meeting(board, clerk, DAY)
    withdraw_record(page=first, by=clerk, reason="Wrong day.")
    first.refresh_from_db()
    first.slug = "wrong-day"
    first.save()
    other = MeetingPage(title="Another", slug="2026-10-11", starts_at=DAY, live=False)
    board.add_child(instance=other)
    with pytest.raises(Refused, match="Another record was public"):
        publish_record(page=other, by=clerk)
    form = MeetingPage.get_edit_handler().get_form_class()({}, instance=other, parent_page=board, for_user=clerk)
    form.cleaned_data = {"slug": other.slug, "title": other.title}
    with pytest.raises(ValidationError, match="Another record was public"):
        form.clean_slug()
    assert PublicAddress.objects.get(path=f"{board.url_path}2026-10-11/").page_id == first.pk
    assert client.get("/boards/hwb/2026-10-11/").status_code == 410


@pytest.mark.parametrize("hour", [14, 18])
def test_a_day_whose_draft_was_deleted_takes_another_meeting(board: BoardPage, clerk: User, hour: int) -> None:
    starts: datetime = building.london(2026, 10, 11, hour)
    drafts = [schedule_meeting(board=board, starts_at=DAY, by=clerk, publish=False) for _ in range(3)]
    assert [page.slug for page in drafts] == ["2026-10-11", "2026-10-11-2", "2026-10-11-3"]
    drafts[1].delete()
    drafts[0].refresh_from_db()
    drafts[0].delete()
    made = [schedule_meeting(board=BoardPage.objects.get(), starts_at=starts, by=clerk).slug for _ in range(3)]
    assert made == ["2026-10-11", "2026-10-11-2", "2026-10-11-4"]


def test_a_new_meeting_avoids_an_address_that_another_had(board: BoardPage, clerk: User) -> None:
    first = building.make_meeting(board, clerk, DAY)
    first.slug = "annual-meeting"
    first.save()
    assert schedule_meeting(board=board, starts_at=DAY, by=clerk).slug == "2026-10-11-2"


def test_minutes_of_an_earlier_year_that_look_like_a_day_have_their_own_address(board: BoardPage, clerk: User) -> None:
    meeting = building.make_meeting(board, clerk, building.london(2010, 11, 12, 14))
    for number in range(12):
        minute = building.make_minute(building.make_item(meeting, clerk, title=f"Item {number}"), clerk)
    assert MinutePage.objects.get(pk=minute.pk).reference == "HWB/2010-11/12"
    assert set(Reference.objects.filter(page__in=[meeting.pk, minute.pk]).values_list("slug", flat=True)) == {
        "hwb-2010-11-12",
        "hwb-2010-11-m12",
    }
