"""“Paste minutes” in the admin: read, correct, keep."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, Pack, ResolutionPage
from minutes.operations.meetings import publish_agenda
from tests import building
from tests.minutes.operations.test_importing import PAGE


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A meeting of some time ago."""
    return building.make_meeting(board, clerk, building.london(2025, 9, 10, 14))


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, logged in."""
    client.force_login(clerk)
    return client


def fields_of(html: str) -> dict[str, str | list[str]]:
    """The fields of the review form as a browser would send them."""
    from bs4 import BeautifulSoup

    fields: dict[str, str | list[str]] = {}
    form = BeautifulSoup(html, "html.parser").select_one("form[novalidate]")
    assert form is not None
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if kind == "checkbox":
            if field.has_attr("checked"):
                known = fields.setdefault(name, [])
                assert isinstance(known, list)
                known.append(str(field.get("value", "on")))
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            fields[name] = str(chosen["value"]) if chosen else ""
        elif field.name == "textarea":
            fields[name] = field.get_text().removeprefix("\n")
        else:
            fields[name] = str(field.get("value", ""))
    return fields


def test_what_was_understood_is_shown_and_nothing_is_saved(office: Client, meeting: MeetingPage) -> None:
    answer = office.post(reverse("paste_minutes", args=[meeting.pk]), {"text": PAGE})
    shown = answer.content.decode()
    assert "That a workshop be arranged for the most appropriate people." in shown
    assert "Petra Lindqvist, Quality Lead" in shown
    assert not AgendaItemPage.objects.exists()


def test_the_editor_corrects_a_clause_and_keeps_it(office: Client, meeting: MeetingPage) -> None:
    address = reverse("paste_minutes", args=[meeting.pk])
    fields = fields_of(office.post(address, {"text": PAGE}).content.decode())
    fields["clauses-2-text"] = "That a workshop be arranged in spring."
    fields["publish"] = "1"
    answer = office.post(address, fields)
    item = AgendaItemPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[item.pk])
    clauses = ResolutionPage.objects.order_by("position")
    assert [clause.label for clause in clauses] == ["(1)", "(2)", "(3)"]
    assert clauses[2].text == "That a workshop be arranged in spring."
    assert all(clause.live for clause in clauses)
    assert MinutePage.objects.get().source.text.replace("\r\n", "\n") == PAGE


def test_a_clause_without_words_is_refused_and_nothing_typed_is_lost(office: Client, meeting: MeetingPage) -> None:
    address = reverse("paste_minutes", args=[meeting.pk])
    fields = fields_of(office.post(address, {"text": PAGE}).content.decode())
    fields["clauses-0-text"] = " "
    fields["mover"] = "Councillor Abara"
    shown = office.post(address, fields).content.decode()
    assert "This clause has no words" in shown
    assert "Councillor Abara" in shown
    assert not AgendaItemPage.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste the text of the minute"),
        ("Agenda item\n\nSupporting documents:", "furniture|nothing|only"),
        ("\x00\x00", ""),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_in_plain_words(
    office: Client, meeting: MeetingPage, text: str, words: str
) -> None:
    answer = office.post(reverse("paste_minutes", args=[meeting.pk]), {"text": text})
    assert answer.status_code == 200
    assert re.search(words, answer.content.decode())
    assert not AgendaItemPage.objects.exists()


def test_a_confirmed_meeting_takes_no_minutes(office: Client, meeting: MeetingPage) -> None:
    MeetingPage.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CONFIRMED)
    answer = office.get(reverse("paste_minutes", args=[meeting.pk]))
    assert answer.status_code == 409
    assert "are confirmed" in answer.content.decode()


def test_a_person_without_rights_is_turned_away(client: Client, meeting: MeetingPage) -> None:
    client.force_login(building.make_user("reader", is_superuser=False))
    assert client.get(reverse("paste_minutes", args=[meeting.pk])).status_code == 302
    assert client.post(reverse("build_pack", args=[meeting.pk])).status_code == 302


def test_the_button_asks_for_a_pack_and_says_how_far_it_is(office: Client, meeting: MeetingPage, clerk: User) -> None:
    address = reverse("build_pack", args=[meeting.pk])
    refused = office.post(address)
    assert refused.status_code == 409
    assert "Publish the agenda first" in refused.content.decode()
    building.make_item(meeting, clerk, publish=False)
    publish_agenda(meeting=meeting, by=clerk)
    assert office.post(address).status_code == 302
    assert Pack.objects.get().asked_by == clerk
    assert "Waiting to be built" in office.get(address).content.decode()


def test_minutes_of_a_meeting_to_come_are_not_published_and_not_lost(office: Client, board: BoardPage, clerk: User) -> None:
    coming = building.make_meeting(board, clerk, timezone.now() + timedelta(days=30))
    address = reverse("paste_minutes", args=[coming.pk])
    fields = fields_of(office.post(address, {"text": PAGE}).content.decode())
    shown = office.post(address, {**fields, "publish": "1"}).content.decode()
    assert "has not taken place yet" in shown
    assert fields_of(shown)["title"] == fields["title"]
    assert not AgendaItemPage.objects.exists()
