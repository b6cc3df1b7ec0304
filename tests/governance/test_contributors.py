"""Partners with an account see and touch their own organisation's actions, by every door of the admin."""

from dataclasses import dataclass

from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import Role
from governance.models import ActionPage, ActionPartner, BoardPage, Organisation, ProgressIndexPage, ProgressUpdatePage, User
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from governance.roles import REGISTERS
from minutes.models import MeetingPage
from tests import building

pytestmark = pytest.mark.django_db


@dataclass
class Stage:
    """A partner that leads one action and supports another, and much that is not its."""

    partner: Organisation
    client: Client
    user: User
    led: ActionPage
    joined: ActionPage
    strange: ActionPage
    meeting: MeetingPage


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    partner = building.make_organisation("Beckside Homes")
    led = building.make_action(board, clerk, "Zwicky led", lead_organisation=partner)
    joined = building.make_action(board, clerk, "Zwicky joined", publish=False)
    joined.partners.add(ActionPartner(organisation=partner, role="supports"))
    joined = publish_record(page=joined, by=clerk)
    strange = building.make_action(board, clerk, "Zwicky strange")
    building.make_action(board, clerk, "Zwicky draft", lead_organisation=partner, publish=False)
    building.make_update(strange, clerk, title="Zwicky strange news", publish=False)
    meeting = building.make_meeting(board, clerk, title="Zwicky meeting")
    user = building.make_user("sam", is_superuser=False, is_staff=False)
    give_role(user=user, role=Role.PARTNER, organisation=partner)
    call_command("update_index", verbosity=0)
    client = Client()
    client.force_login(user)
    return Stage(partner, client, user, led, joined, strange, meeting)


def read(stage: Stage, address: str, **query: str) -> str:
    response = stage.client.get(address, query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


OTHERS = ("Zwicky strange", "Zwicky draft", "Zwicky meeting")


def shows_own_only(text: str) -> bool:
    return "Zwicky led" in text and "Zwicky joined" in text and not any(title in text for title in OTHERS)


def test_the_explorer_opens_at_the_own_actions(stage: Stage) -> None:
    progress = ProgressIndexPage.objects.get().pk
    assert shows_own_only(read(stage, reverse("wagtailadmin_explore", args=[progress])))
    for page in (stage.meeting.get_parent(), stage.strange, stage.meeting, Page.objects.get(depth=1)):
        text = read(stage, reverse("wagtailadmin_explore", args=[page.pk]))
        assert not any(title in text for title in OTHERS), page


def test_the_chooser_offers_the_own_actions_in_its_list_and_its_search(stage: Stage) -> None:
    progress = ProgressIndexPage.objects.get()
    for address, query in (
        (reverse("wagtailadmin_choose_page_child", args=[progress.pk]), {"page_type": "governance.actionpage"}),
        (reverse("wagtailadmin_choose_page_search"), {"q": "Zwicky"}),
    ):
        response = stage.client.get(address, query)
        assert response.status_code == 200
        text = response.content.decode()
        assert "Zwicky led" in text
        assert not any(title in text for title in OTHERS), address
    home = stage.client.get(reverse("wagtailadmin_choose_page_child", args=[progress.get_parent().pk])).content.decode()
    assert "Boards" not in home
    strange = stage.client.get(reverse("wagtailadmin_choose_page_child", args=[stage.strange.pk]), follow=True)
    assert "Zwicky strange" not in strange.content.decode()


def test_the_search_of_the_admin_finds_the_own_actions(stage: Stage) -> None:
    for address in (reverse("wagtailadmin_pages:search"), reverse("wagtailadmin_pages:search_results")):
        assert shows_own_only(read(stage, address, q="Zwicky")), address


def test_the_interface_behind_the_explorer_shows_the_own_actions(stage: Stage) -> None:
    text = read(stage, "/admin/api/main/pages/", child_of=str(ProgressIndexPage.objects.get().pk), for_explorer="1")
    assert shows_own_only(text)
    assert stage.client.get(f"/admin/api/main/pages/{stage.strange.pk}/").status_code == 404


def test_reports_are_shut_or_show_nothing_of_others(stage: Stage) -> None:
    for name in ("aging_pages", "locked_pages", "page_types_usage", "site_history", "workflow", "workflow_tasks"):
        response = stage.client.get(reverse(f"wagtailadmin_reports:{name}"), follow=True)
        assert not any(title in response.content.decode() for title in OTHERS), name


def test_no_register_of_rows_opens_and_that_of_actions_shows_the_own(stage: Stage) -> None:
    for label in REGISTERS:
        assert stage.client.get(f"/admin/{label.replace('.', '/')}/").status_code in {302, 403}, label
    for address in ("/admin/governance/actionpage/", "/admin/governance/actionpage/?export=csv"):
        response = stage.client.get(address)
        assert shows_own_only(response.getvalue().decode()), address
    for model in ("minutes/meetingpage", "minutes/resolutionpage"):
        assert "Zwicky" not in stage.client.get(f"/admin/{model}/").content.decode()


def test_no_door_opens_on_what_others_have(stage: Stage) -> None:
    news = ProgressUpdatePage.objects.get()
    for page in (stage.strange, stage.meeting, news):
        for name in ("edit", "delete", "add_subpage", "copy", "history", "usage", "view_draft", "unpublish"):
            response = stage.client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
            assert response.status_code in {302, 403}, (page, name)
            assert "/add/" not in response.headers.get("Location", ""), (page, name)
    revision = news.latest_revision
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[news.pk, "earliest", revision.pk])
    assert stage.client.get(compared).status_code in {302, 403}


def news_form(shown: str, **more: str) -> QueryDict:
    """What the form of new news sends, filled in."""
    form = querydict_from_html(shown, form_id="page-edit-form")
    typed = {"title": "News", "slug": "news", "date": "2026-11-20", "what_changed": "The first group met.", **more}
    for name, value in typed.items():
        form[name] = value
    return form


def test_news_is_offered_in_the_name_of_the_own_organisation_and_waits(stage: Stage, clerk: User) -> None:
    other = building.make_organisation("Healthwatch Ashmere")
    address = reverse("wagtailadmin_pages:add", args=["governance", "progressupdatepage", stage.joined.pk])
    form = stage.client.get(address).content.decode()
    assert "Beckside Homes" in form
    assert "Healthwatch Ashmere" not in form
    stage.client.post(address, news_form(form, organisation=str(other.pk)))
    assert not ProgressUpdatePage.objects.filter(title="News").exists()
    stage.client.post(address, news_form(form, organisation=str(stage.partner.pk), **{"action-publish": "publish"}))
    offered = ProgressUpdatePage.objects.get(title="News")
    assert (offered.live, offered.organisation, offered.owner) == (False, stage.partner, stage.user)
    approver = building.make_user("approver", is_superuser=False, is_staff=False)
    give_role(user=approver, role=Role.APPROVER, board=stage.joined.board)
    desk = Client()
    desk.force_login(approver)
    assert reverse("wagtailadmin_pages:edit", args=[offered.pk]) in desk.get(reverse("partner_answers")).content.decode()


def test_who_also_works_for_the_board_is_not_narrowed(stage: Stage) -> None:
    give_role(user=stage.user, role=Role.EDITOR, board=stage.led.board)
    text = read(stage, reverse("wagtailadmin_explore", args=[ProgressIndexPage.objects.get().pk]))
    assert "Zwicky strange" in text
    chooser = reverse("wagtailadmin_choose_page_child", args=[ProgressIndexPage.objects.get().pk])
    assert "Zwicky strange" in stage.client.get(chooser).content.decode()
