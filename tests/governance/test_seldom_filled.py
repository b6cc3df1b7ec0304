"""Lists that hold nothing are not asked for, and those that hold something are shown as ever."""

from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

import pytest

from governance import remembering, seldom_filled, wayfinding
from governance.models import ActionPage, Evidence, Point
from home.models import HomePage
from minutes.models import FormerDate, MeetingPage
from tests import building
from tests.building import london
from tests.small_site import SmallSite


def found(page: Any) -> Any:
    """A record as an address leads to it, when its page begins."""
    front = HomePage.objects.get()
    way = wayfinding.find(front, page.url_path.removeprefix(front.url_path).strip("/").split("/"))
    assert way is not None
    wayfinding.remember(RequestFactory().get("/"), way)
    remembering.start(way.page)
    return way.page


def test_one_query_tells_which_lists_of_a_record_are_empty(small_site: SmallSite, django_assert_num_queries: Any) -> None:
    action = building.make_action(small_site.board, small_site.clerk, "Something new")
    Evidence.objects.create(action=action, title="A note")
    shown = found(action)
    with django_assert_num_queries(1):
        assert not seldom_filled.is_empty(shown, "evidence")
        assert seldom_filled.is_empty(shown, "milestones")
        assert seldom_filled.is_empty(shown, "points")


def test_what_is_not_public_counts_as_there_and_stays_hidden(small_site: SmallSite, client: Client) -> None:
    action = building.make_action(small_site.board, small_site.clerk, "Something new")
    Point.objects.create(about=action, text="Not for all", source="comment", raised_on=date(2026, 11, 1), published=False)
    assert not seldom_filled.is_empty(found(action), "points")
    assert "Not for all" not in client.get(action.get_url()).content.decode()


def test_of_a_record_that_no_address_led_to_it_is_never_certain(small_site: SmallSite, django_assert_num_queries: Any) -> None:
    action = ActionPage.objects.get(pk=building.make_action(small_site.board, small_site.clerk, "Something new").pk)
    remembering.start(action)
    with django_assert_num_queries(0):
        assert not seldom_filled.is_empty(action, "milestones")


def test_a_preview_shows_rows_that_were_not_saved(small_site: SmallSite) -> None:
    action = building.make_action(small_site.board, small_site.clerk, "Something new")
    action.evidence.add(Evidence(title="A note of the draft"))
    answer = action.make_preview_request(preview_mode="")
    assert "A note of the draft" in answer.render().content.decode()
    assert not Evidence.objects.filter(action=action).exists()


def test_the_page_tells_what_the_list_came_to_hold(small_site: SmallSite, client: Client) -> None:
    meeting = building.make_meeting(small_site.board, small_site.clerk, london(2027, 3, 4, 14))
    with CaptureQueriesContext(connection) as asked:
        assert "Snow." not in client.get(meeting.get_url()).content.decode()
    table = f'FROM "{FormerDate._meta.db_table}" INNER JOIN'
    assert not any(table in query["sql"] for query in asked)
    FormerDate.objects.create(
        meeting=meeting, starts_at=london(2027, 1, 1, 10), moved_at=london(2026, 12, 1, 10), reason="Snow."
    )
    assert "Snow." in client.get(meeting.get_url()).content.decode()


def test_a_name_that_nothing_goes_by_or_that_is_known_is_refused() -> None:
    with pytest.raises(FieldDoesNotExist):
        seldom_filled.register(MeetingPage, "formerdates")
    with pytest.raises(ValueError, match="named already"):
        seldom_filled.register(MeetingPage, "former_dates")
