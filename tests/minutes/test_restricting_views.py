"""Who asks that words be moved, who sees where they would be replaced, and what each is told."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from governance.enums import Role
from governance.models import Removal, User
from governance.operations.carrying_out_removals import carry_out
from minutes.models import AgendaItemPage, RestrictedPart
from minutes.operations.restricting import ask_to_restrict
from tests import building
from tests.everything import columns_with
from tests.kept import kept
from tests.minutes.operations.test_restricting import WHY, WORDS
from tests.minutes.restricted_stage import ground, restriction, somebody
from tests.minutes.restricting_stage import EVERY, MINUTED, PRICE, TITLE, Stage, make_stage

pytestmark = pytest.mark.django_db
STEPS = ("ask_to_restrict", "restrict", "return_restrict")


@pytest.fixture
def stage(clerk: User) -> Stage:
    """A confirmed meeting whose item said too much."""
    return kept("restricting", lambda: make_stage(clerk))


def logged_in(user: User) -> Client:
    """A browser of somebody's."""
    client = Client()
    client.force_login(user)
    return client


def form(**changed: Any) -> dict[str, Any]:
    """What is typed."""
    words = {"title": WORDS.title, "text": WORDS.text, "resolved": WORDS.resolved, "minute": WORDS.minute}
    why = {
        "public_interest": "It would weaken the council's hand.",
        "decided_by": "Monitoring Officer",
        "review_on": "2100-01-01",
    }
    return {**words, **why, "grounds": [ground().pk], "reason": WHY, **changed}


def asked(stage: Stage) -> Removal:
    """A move that the clerk asks for."""
    return ask_to_restrict(item=stage.item, words=WORDS, restriction=restriction(), reason=WHY, by=stage.clerk)


def test_an_editor_asks_and_an_approver_sees_the_places_and_does_it(stage: Stage) -> None:
    editor = logged_in(somebody("editor", stage.board, Role.EDITOR))
    approver = logged_in(somebody("approver", stage.board, Role.APPROVER))
    address = reverse("ask_to_restrict", args=[stage.item.pk])
    begins = BeautifulSoup(editor.get(address).content, "html.parser")
    assert begins.find("input", {"name": "title"})["value"] == TITLE  # type: ignore[index]
    assert PRICE in begins.find("textarea", {"name": "text"}).get_text()  # type: ignore[union-attr]
    assert MINUTED in begins.find("textarea", {"name": "minute"}).get_text()  # type: ignore[union-attr]
    assert editor.post(address, form()).status_code == 302
    home = approver.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("restrict", args=[stage.item.pk]) in home
    page = approver.get(reverse("restrict", args=[stage.item.pk]))
    shown = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "no-store" in page["Cache-Control"]
    assert all(words in shown for words in (*EVERY, WHY, "Revisions", "Addresses"))
    assert approver.post(reverse("restrict", args=[stage.item.pk])).status_code == 302
    assert carry_out(removal=Removal.objects.get().pk) is not None
    assert set().union(*map(columns_with, EVERY)) == set()
    assert RestrictedPart.objects.get().version == 1
    assert all(
        words not in approver.get(reverse("wagtailadmin_pages:edit", args=[stage.item.pk])).content.decode() for words in EVERY
    )


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.EDITOR, (200, 200, 200)),
        (Role.APPROVER, (404, 200, 200)),
        (Role.AUTHOR, (404, 404, 404)),
        (Role.AUDITOR, (404, 404, 404)),
        (Role.PARTNER, (404, 404, 404)),
    ],
)
def test_the_role_says_which_step_is_open(stage: Stage, role: Role, opens: tuple[int, ...]) -> None:
    asked(stage)
    client = logged_in(somebody("visitor", stage.board, role))
    for step, status in zip(STEPS, opens, strict=True):
        assert client.get(reverse(step, args=[stage.item.pk])).status_code == status, step
        if status == 404:
            assert client.post(reverse(step, args=[stage.item.pk]), form(comment="x")).status_code == 404
    assert AgendaItemPage.objects.get(pk=stage.item.pk).title == TITLE


def test_an_approver_of_another_board_opens_nothing(stage: Stage) -> None:
    asked(stage)
    foreign = building.make_board(stage.clerk, "CYP", "Children's Board")
    client = logged_in(somebody("foreign", foreign, Role.APPROVER))
    assert {client.get(reverse(step, args=[stage.item.pk])).status_code for step in STEPS} == {404}
    assert {Client().get(reverse(step, args=[stage.item.pk])).status_code for step in STEPS} == {302}


def test_what_is_refused_is_said_and_what_was_typed_stays(stage: Stage) -> None:
    address = reverse("ask_to_restrict", args=[stage.item.pk])
    answer = logged_in(stage.clerk).post(address, form(text="Words that stand nowhere at all"))
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert "does not stand on this item" in page.find(role="alert").get_text()  # type: ignore[union-attr]
    assert page.find("textarea", {"name": "text"}).get_text(strip=True) == "Words that stand nowhere at all"  # type: ignore[union-attr]
    assert logged_in(stage.clerk).post(address, form(reason="")).status_code == 400
    assert not Removal.objects.exists()


def test_who_asked_is_told_that_somebody_else_does_it(stage: Stage) -> None:
    asked(stage)
    answer = logged_in(stage.clerk).post(reverse("restrict", args=[stage.item.pk]))
    assert answer.status_code == 409 and b"Somebody else has to carry it out" in answer.content
    assert AgendaItemPage.objects.get(pk=stage.item.pk).title == TITLE


def test_where_nothing_waits_and_where_no_key_opens_it_is_said(stage: Stage, settings: Any) -> None:
    client, address = logged_in(stage.clerk), reverse("restrict", args=[stage.item.pk])
    assert b"Nobody asked" in client.get(address).content
    assert client.post(address).status_code == 409
    asked(stage)
    settings.RESTRICTED_KEYS = []
    page = client.get(address)
    assert page.status_code == 200 and b"RESTRICTED_KEYS" in page.content and TITLE not in page.content.decode()


def test_it_is_returned_with_the_reason(stage: Stage) -> None:
    asked(stage)
    client, address = logged_in(stage.clerk), reverse("return_restrict", args=[stage.item.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"comment": ""}).status_code == 400
    assert client.post(address, {"comment": "The contract is public."}).status_code == 302
    assert Removal.objects.get().comment == "The contract is public."
    assert client.post(address, {"comment": "Again."}).status_code == 409


def test_what_waits_costs_as_many_queries_for_many_as_for_few(stage: Stage) -> None:
    approver = somebody("approver", stage.board, Role.APPROVER)
    asked(stage)

    def queries() -> int:
        client = logged_in(approver)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("wagtailadmin_home")).status_code == 200
        return len(found)

    queries()
    few = queries()
    for number in range(3):
        item = building.make_item(stage.meeting, stage.clerk, f"Item {number} that says too much")
        words = type(WORDS)(title=item.title)
        ask_to_restrict(item=item, words=words, restriction=restriction(), reason=WHY, by=stage.clerk)
    assert queries() == few
