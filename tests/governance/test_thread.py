"""The main thread: a resolution orders an action, an update says where it stands."""

from datetime import date

import pytest

from governance.enums import ActionStatus
from governance.models import ActionPage, BoardPage, LedgerEntry, Reference, User
from governance.operations.publishing import withdraw_record
from minutes.models import ResolutionPage
from minutes.operations.adoption import link_action
from tests import building


@pytest.mark.django_db
def test_a_resolution_orders_an_action_and_an_update_says_where_it_stands(clerk: User, board: BoardPage) -> None:
    meeting = building.make_meeting(board, clerk)
    item = building.make_item(meeting, clerk)
    building.make_minute(item, clerk)
    resolution = building.make_resolution(item, clerk)
    resolution.refresh_from_db()
    assert [row.text for row in Reference.objects.order_by("pk")] == [
        "HWB",
        "HWB/2026-10-08",
        "HWB/2026-10-08/I1",
        "HWB/2026-27/1",
        "HWB/2026-27/1(1)",
    ]
    assert resolution.is_frozen
    action = building.make_action(board, clerk)
    link_action(resolution=resolution, action=action, by=clerk)
    action.refresh_from_db()
    assert (action.reference, action.status) == ("HWB-A1", ActionStatus.AGREED)

    update = building.make_update(action, clerk, date(2026, 11, 3), status=ActionStatus.UNDER_WAY)
    action.refresh_from_db()
    assert (update.reference, action.status, action.last_news_on) == ("HWB-A1/U1", ActionStatus.UNDER_WAY, date(2026, 11, 3))

    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert ActionPage.objects.get().status == ActionStatus.AGREED
    assert LedgerEntry.objects.filter(page=update).count() == 2
    assert ResolutionPage.objects.get().reference == "HWB/2026-27/1(1)"
