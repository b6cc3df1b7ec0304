"""Follow-ups: noted, done, or made an action that says where it comes from."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import ActionOrigin, Role
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, LedgerEvent, ProgressIndexPage, User
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from minutes.models import AgendaItemPage, FollowUp, MinutePage
from minutes.operations.follow_ups import add_follow_up, finish_follow_up, turn_into_action
from tests import building

WORDS: dict[str, Any] = {"title": "Say how long people wait", "promise": "We will publish how long people wait."}


@pytest.fixture
def item(board: BoardPage, clerk: User) -> AgendaItemPage:
    """An item with its minute."""
    item = building.make_item(building.make_meeting(board, clerk), clerk)
    building.make_minute(item, clerk)
    return item


@pytest.fixture
def follow_up(item: AgendaItemPage, clerk: User) -> FollowUp:
    """A small thing to be done, with whom the minute names."""
    return add_follow_up(item=item, text="To circulate the waiting times.", by=clerk, owner="Dr Lee", due_words="by May")


def test_it_becomes_a_draft_that_says_where_it_comes_from(follow_up: FollowUp, clerk: User, client: Client) -> None:
    action = turn_into_action(follow_up=follow_up, by=clerk, **WORDS)
    follow_up.refresh_from_db()
    assert follow_up.action == action
    assert (action.live, action.origin, action.origin_words) == (False, ActionOrigin.DISCUSSION, follow_up.text)
    assert (action.lead_role, action.lead_words, action.due_words, action.first_due_on) == ("Dr Lee", "Dr Lee", "by May", None)
    assert action.origin_page_id == MinutePage.objects.get().pk
    assert follow_up.item.ledger_entries.filter(event=LedgerEvent.LINKED).count() == 1
    public = publish_record(page=action, by=clerk)
    text = client.get(public.get_url()).content.decode()
    assert "It comes from the discussion at a meeting." in text
    assert "To circulate the waiting times." in text
    assert MinutePage.objects.get().get_url() in text


def refused(follow_up: FollowUp, by: User, words: str) -> None:
    """It stays what it is, in these words."""
    with pytest.raises(Refused, match=words):
        turn_into_action(follow_up=follow_up, by=by, **WORDS)


def test_it_becomes_an_action_once(follow_up: FollowUp, clerk: User) -> None:
    turn_into_action(follow_up=follow_up, by=clerk, **WORDS)
    refused(follow_up, clerk, "is an action already")
    assert ActionPage.objects.count() == 1
    follow_up.refresh_from_db()
    with pytest.raises(Refused, match="became an action"):
        finish_follow_up(follow_up=follow_up, done_on=date(2026, 11, 1), by=clerk)


def test_what_is_done_becomes_nothing_more(follow_up: FollowUp, clerk: User) -> None:
    finish_follow_up(follow_up=follow_up, done_on=date(2026, 11, 1), by=clerk)
    refused(follow_up, clerk, "is done already")


def test_without_a_minute_nothing_says_where_it_comes_from(board: BoardPage, clerk: User) -> None:
    item = building.make_item(building.make_meeting(board, clerk), clerk)
    refused(add_follow_up(item=item, text="To write.", by=clerk), clerk, "Write the minute first")
    assert not ActionPage.objects.exists()


def test_without_a_progress_page_there_is_no_place_for_it(follow_up: FollowUp, clerk: User) -> None:
    ProgressIndexPage.objects.get().delete()
    refused(follow_up, clerk, "no progress page")


def test_the_editor_of_the_board_makes_it_and_an_auditor_does_not(
    follow_up: FollowUp, board: BoardPage, client: Client
) -> None:
    address = reverse("follow_up_action", args=[follow_up.item_id])
    auditor = building.make_user("auditor", is_superuser=False, is_staff=False)
    give_role(user=auditor, role=Role.AUDITOR)
    client.force_login(auditor)
    assert client.post(address).status_code in {302, 403}
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    client.force_login(editor)
    assert follow_up.text in client.get(address).content.decode()
    item_page = client.get(reverse("wagtailadmin_pages:edit", args=[follow_up.item_id]))
    assert address in item_page.content.decode()
    assert client.post(address, {"follow_up": follow_up.pk}).status_code == 400
    assert client.post(address, {**WORDS, "kind": "board", "follow_up": follow_up.pk}).status_code == 302
    assert ActionPage.objects.get().title == WORDS["title"]
    again = client.post(address, {**WORDS, "kind": "board", "follow_up": follow_up.pk})
    assert again.status_code == 400
    assert ActionPage.objects.count() == 1
