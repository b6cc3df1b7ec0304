"""An address leads to its page as surely as by Wagtail's walk, with the same restrictions and the same way back."""

from typing import Any

from django.test import Client

from wagtail.models import Page, PageViewRestriction

import pytest

from governance import wayfinding
from governance.models import ActionPage, PublicAddress
from home.models import ContentPage, HomePage
from minutes.models import AgendaItemPage
from tests import building
from tests.small_site import SmallSite

LOGIN = PageViewRestriction.LOGIN


def way_to(page: Page) -> wayfinding.Way | None:
    front = HomePage.objects.get()
    return wayfinding.find(front, page.url_path.removeprefix(front.url_path).strip("/").split("/"))


def test_the_way_names_every_page_above(small_site: SmallSite) -> None:
    way = way_to(small_site.minute)
    assert way is not None
    assert way.page == small_site.minute
    assert [page.pk for page in way.above] == [page.pk for page in small_site.minute.get_ancestors()[1:]]
    assert way.page.get_parent().get_parent().specific == small_site.held
    assert way.is_open


def test_a_page_that_was_never_public_is_left_to_the_walk(small_site: SmallSite, client: Client) -> None:
    assert way_to(ContentPage.objects.get(slug="accessibility")) is not None
    PublicAddress.objects.filter(page=small_site.item).delete()
    assert way_to(small_site.item) is None
    assert client.get(small_site.item.get_url()).status_code == 200


def test_an_action_comes_with_what_its_page_shows(small_site: SmallSite, django_assert_num_queries: Any) -> None:
    way = way_to(small_site.update)
    assert way is not None
    with django_assert_num_queries(0):
        action = way.page.action
        assert isinstance(action, ActionPage)
        assert action.board == small_site.board


@pytest.mark.parametrize("name", ["board", "action", "held"])
def test_a_restriction_above_or_on_a_page_still_holds(small_site: SmallSite, client: Client, name: str) -> None:
    restricted = getattr(small_site, name)
    page = {"board": small_site.minute, "action": small_site.update, "held": small_site.held}[name]
    assert client.get(page.get_url()).status_code == 200
    PageViewRestriction.objects.create(page=restricted, restriction_type=LOGIN)
    answer = client.get(page.get_url())
    assert answer.status_code == 302
    assert "/log-in/" in answer["Location"]


def test_a_view_of_a_page_comes_before_a_page_of_that_name(small_site: SmallSite, client: Client) -> None:
    item = building.make_item(small_site.held, small_site.clerk, "Agenda pack")
    AgendaItemPage.objects.filter(pk=item.pk).update(slug="agenda-pack", url_path=f"{small_site.held.url_path}agenda-pack/")
    PublicAddress.objects.filter(page=item).update(path=f"{small_site.held.url_path}agenda-pack/")
    assert way_to(AgendaItemPage.objects.get(pk=item.pk)) is None


def test_a_draft_is_not_found(small_site: SmallSite, client: Client) -> None:
    Page.objects.filter(pk=small_site.item.pk).update(live=False)
    assert client.get(small_site.item.get_url()).status_code in {404, 410}


def test_the_menu_is_whole_when_many_sections_were_taken_away(small_site: SmallSite, client: Client) -> None:
    front = HomePage.objects.get()
    far = Page._get_path(front.path, front.depth + 1, front.numchild + 2 * wayfinding.SPARE)
    last = ContentPage.objects.get(slug="accessibility")
    Page.objects.filter(pk=last.pk).update(path=far)
    assert last.pk in [page.pk for page in wayfinding.sections_of(front)]
    way = way_to(small_site.action)
    assert way is not None
    assert last.pk in [page.pk for page in way.sections]
