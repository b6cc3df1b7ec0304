"""Confirming minutes and correcting a slip in the admin: who may, what is asked, and that nothing typed is lost."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import User
from governance.operations.roles import give_role
from minutes.models import AgendaCorrection, AgendaItemPage, Confirmation, MeetingPage
from minutes.operations.minuting import confirm_minutes
from tests import building
from tests.minutes.operations.test_minuting import typed
from tests.minutes.record_stage import Stage, kept_stage

pytestmark = pytest.mark.django_db
MAY = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})


@pytest.fixture
def stage(clerk: User) -> Stage:
    """Draft minutes, and the meeting after."""
    return kept_stage(clerk)


@pytest.fixture
def client(stage: Stage) -> Client:
    """The clerk's browser."""
    client = Client()
    client.force_login(stage.clerk)
    return client


def addresses(stage: Stage) -> dict[str, str]:
    """Where the steps are taken."""
    return {
        "confirm": reverse("confirm_minutes", args=[stage.meeting.pk]),
        "slip": reverse("correct_agenda", args=[stage.confirming.pk]),
    }


@pytest.mark.parametrize("role", list(Role))
def test_each_role_confirms_and_corrects_only_where_it_publishes(stage: Stage, role: Role) -> None:
    user = building.make_user(role.value, is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, stage.board))
    client = Client()
    client.force_login(user)
    for address in addresses(stage).values():
        assert (client.get(address).status_code == 200) is (role in MAY), address
        if role not in MAY:
            assert client.post(address, {"how": "read", "old_words": "last", "new_words": "first"}).status_code in {302, 403}
    assert not (Confirmation.objects.exists() or AgendaCorrection.objects.exists())


def test_the_page_offers_the_meeting_that_followed(stage: Stage, client: Client) -> None:
    shown = client.get(addresses(stage)["confirm"]).content.decode()
    assert f'<option value="{stage.following.pk}" selected>' in shown
    assert 'value="Councillor Siân Ŵyn"' in shown
    assert "Minutes of the last meeting" in shown
    AgendaItemPage.objects.filter(pk=stage.confirming.pk).update(confirms_minutes_of=stage.meeting)
    assert f'<option value="{stage.confirming.pk}" selected>' in client.get(addresses(stage)["confirm"]).content.decode()
    item = client.get(reverse("wagtailadmin_pages:edit", args=[stage.confirming.pk])).content.decode()
    assert addresses(stage)["confirm"] in item


def test_nothing_typed_is_lost_until_the_minutes_are_confirmed(stage: Stage, client: Client) -> None:
    where = addresses(stage)["confirm"]
    given: dict[str, Any] = {
        "at_meeting": stage.following.pk,
        "item": stage.confirming.pk,
        "presided_by": "Councillor Siân Ŵyn",
        "signed_on": "2026-10-08",
        "how": "corrected",
        "rows": 2,
        "old_0": "Ten people",
        "new_0": "Twelve people",
    }
    more = client.post(where, {**given, "more": "1"})
    assert (more.status_code, "Twelve people" in more.content.decode(), 'name="old_3"' in more.content.decode()) == (
        200,
        True,
        True,
    )
    wrong = (
        ({"new_0": ""}, 400, "old and its new words"),
        ({"how": "read"}, 400, "There are corrections below"),
        ({"old_0": "", "new_0": ""}, 400, "Write the corrections"),
        ({"old_0": "Dr Lee"}, 409, "more than once"),
        ({"item": stage.item.pk}, 409, "not an item of that meeting"),
    )
    for change, status, said in wrong:
        response = client.post(where, {**given, **change})
        assert (response.status_code, said in response.content.decode()) == (status, True), change
        assert "Councillor Siân Ŵyn" in response.content.decode()
    assert not Confirmation.objects.exists()
    assert client.post(where, given).status_code == 302
    assert stage.fresh().text.startswith("<p>Twelve people")
    again = client.post(where, given)
    assert (again.status_code, "confirmed already" in again.content.decode()) == (409, True)
    assert Confirmation.objects.count() == 1


def test_the_editor_that_was_open_meanwhile_says_so_and_keeps_its_words(stage: Stage, client: Client) -> None:
    confirm_minutes(meeting=stage.meeting, by=stage.clerk, at_meeting=stage.following)
    response = client.post(reverse("wagtailadmin_pages:edit", args=[stage.minute.pk]), typed(stage.minute))
    assert response.status_code == 200
    assert "Words that took an hour." in response.content.decode()
    assert "final" in response.content.decode()


def test_a_slip_is_corrected_and_the_packs_are_told(stage: Stage, client: Client) -> None:
    where = addresses(stage)["slip"]
    assert where in client.get(reverse("wagtailadmin_pages:edit", args=[stage.confirming.pk])).content.decode()
    refused = client.post(where, {"old_words": "nowhere", "new_words": "here"})
    assert (refused.status_code, 'value="nowhere"' in refused.content.decode()) == (409, True)
    assert client.post(where, {"old_words": "last", "new_words": "September"}).status_code == 302
    assert AgendaCorrection.objects.get().by == stage.clerk
    panel = client.get(reverse("wagtailadmin_pages:edit", args=[stage.confirming.pk])).content.decode()
    assert f"“last” now reads “September”: corrected by {stage.clerk.get_full_name() or stage.clerk.username}" in panel


def test_the_page_asks_as_often_for_many_meetings(stage: Stage, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses(stage)["confirm"])
        return len(queries)

    asked()
    few = asked()
    for day in range(1, 6):
        meeting = building.make_meeting(stage.board, stage.clerk, building.london(2026, 11, day, 10))
        building.make_item(meeting, stage.clerk, publish=False)
    assert MeetingPage.objects.count() == 7
    assert asked() == few
