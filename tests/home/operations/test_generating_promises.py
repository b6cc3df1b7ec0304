"""Generated promises stand in the tree, differ, and say of themselves what their news says."""

from datetime import date

from django.test import Client

from wagtail.models import Page

from governance.models import ActionPage, BoardPage, ProgressUpdatePage, User
from governance.operations.progress import differences
from home.operations.generating_promises import STATUSES, generate_promises
from tests import building

TODAY = date(2026, 11, 22)


def test_copies_are_whole_differ_and_agree_with_their_news(board: BoardPage, clerk: User, client: Client) -> None:
    made = generate_promises(promises=12, news=3, board=board, by=clerk, today=TODAY)
    assert made == 48
    assert (ActionPage.objects.live().count(), ProgressUpdatePage.objects.live().count()) == (12, 36)
    assert not any(Page.find_problems())
    assert differences() == []
    assert set(ActionPage.objects.values_list("status", flat=True)) == {str(status) for status in STATUSES}
    assert ActionPage.objects.filter(last_news_on__gt=TODAY).count() == 0
    last = ActionPage.objects.order_by("path").last()
    assert last is not None
    assert (last.reference, client.get(last.get_url()).status_code) == ("HWB-A12", 200)
    assert building.make_action(board, clerk).reference == "HWB-A13"
