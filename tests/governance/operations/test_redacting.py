"""Words of a record that must not be held at all are removed from everything, and kept nowhere."""

from typing import Any

from django.core.cache import cache
from django.core.checks import Tags, run_checks
from django.db import DEFAULT_DB_ALIAS, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import ActionPage, Removal, User
from governance.operations.carrying_out_removals import carry_out
from governance.operations.redacting import ask_to_redact, redact, redaction_asked
from governance.operations.removals import return_removal
from tests import building
from tests.everything import columns_with
from tests.kept import kept
from tests.minutes.restricted_stage import somebody

pytestmark = pytest.mark.django_db
WORDS = "Mrs Example of 3 Mill Lane fell twice"
WHY = "It tells of the health of one person."
STEPS = ("ask_to_redact", "redact", "return_redaction")


def make_action(clerk: User) -> ActionPage:
    """A public action that says too much, in its news too, which nobody may change."""
    action = building.make_action(building.make_board(clerk), clerk, promise=f"We will help: {WORDS}.")
    building.make_update(action, clerk, what_changed=f"In spring {WORDS}, so we came.")
    return action


@pytest.fixture
def action(clerk: User) -> ActionPage:
    """Made once for a run."""
    return kept("redacting", lambda: make_action(clerk))


@pytest.fixture
def other(db: None) -> User:
    """Somebody else who publishes for the board."""
    return building.make_user("other")


def logged_in(user: User) -> Client:
    """A browser of somebody's."""
    client = Client()
    client.force_login(user)
    return client


def test_they_are_gone_from_everything_also_from_news_that_is_final(action: ActionPage, clerk: User, other: User) -> None:
    assert len(columns_with(WORDS)) >= 3
    done = redact(removal=ask_to_redact(record=action, words=WORDS, reason=WHY, by=clerk), by=other)
    assert columns_with(WORDS) == set()
    assert done.entry is not None and done.sealed == ""
    marker = f"[Removed: ledger entry {done.entry.number} of HWB]"
    assert ActionPage.objects.get(pk=action.pk).promise == f"We will help: {marker}."
    page = Client().get(action.get_url()).content.decode()
    assert marker in page and "Redacted" not in page


@pytest.mark.parametrize(
    ("words", "reason", "says"),
    [
        ("", WHY, "Write the words"),
        ("We", WHY, "too short"),
        ("Words that stand nowhere", WHY, "does not stand on this record"),
        (WORDS, " ", "Say why"),
        (WORDS, f"Because {WORDS}", "repeats the words"),
    ],
)
def test_what_is_missing_is_said(action: ActionPage, clerk: User, words: str, reason: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        ask_to_redact(record=action, words=words, reason=reason, by=clerk)
    assert not Removal.objects.exists()


def test_it_takes_two_and_is_settled_once(action: ActionPage, clerk: User, other: User) -> None:
    removal = ask_to_redact(record=action, words=WORDS, reason=WHY, by=clerk)
    with pytest.raises(Refused, match="asked for already"):
        ask_to_redact(record=action, words=WORDS, reason=WHY, by=other)
    with pytest.raises(Refused, match="Somebody else"):
        redact(removal=removal, by=clerk)
    return_removal(removal=removal, comment="They agreed to it.", by=other)
    assert redaction_asked(action) is None
    with pytest.raises(Refused, match="settled already"):
        redact(removal=removal, by=other)
    assert len(columns_with(WORDS)) >= 3


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.EDITOR, (200, 200, 200)),
        (Role.APPROVER, (200, 200, 200)),
        (Role.AUTHOR, (302, 302, 302)),
        (Role.AUDITOR, (302, 302, 302)),
        (Role.PARTNER, (302, 302, 302)),
    ],
)
def test_the_role_says_which_step_is_open(action: ActionPage, clerk: User, role: Role, opens: tuple[int, ...]) -> None:
    ask_to_redact(record=action, words=WORDS, reason=WHY, by=clerk)
    client = logged_in(somebody("visitor", action.board, role))
    for step, status in zip(STEPS, opens, strict=True):
        answer = client.get(reverse(step, args=[action.pk]))
        assert answer.status_code == status, step
        assert status == 200 or WORDS not in answer.content.decode()


def test_one_asks_and_another_does_it_in_the_admin(action: ActionPage, clerk: User) -> None:
    editor, approver = (logged_in(somebody(role.value, action.board, role)) for role in (Role.EDITOR, Role.APPROVER))
    address = reverse("ask_to_redact", args=[action.pk])
    assert address in editor.get(reverse("wagtailadmin_pages:edit", args=[action.pk])).content.decode()
    refused = editor.post(address, {"words": "Nowhere at all", "reason": WHY})
    assert refused.status_code == 409 and "Nowhere at all" in refused.content.decode()
    assert editor.post(address, {"words": WORDS, "reason": WHY}).status_code == 302
    assert editor.post(reverse("redact", args=[action.pk])).status_code == 409
    assert reverse("redact", args=[action.pk]) in approver.get(reverse("wagtailadmin_home")).content.decode()
    shown = approver.get(reverse("redact", args=[action.pk]))
    assert WORDS in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert reverse("return_redaction", args=[action.pk]) in shown.content.decode()
    assert approver.post(reverse("return_redaction", args=[action.pk]), {"comment": "Look again."}).status_code == 302
    assert editor.post(address, {"words": WORDS, "reason": WHY}).status_code == 302
    assert approver.post(reverse("redact", args=[action.pk])).status_code == 302
    assert carry_out(removal=Removal.objects.get(settled_at=None).pk) is not None
    assert columns_with(WORDS) == set()
    assert b"Nobody asked" in approver.get(reverse("redact", args=[action.pk])).content


def test_what_waits_costs_as_many_queries_for_many_as_for_few(action: ActionPage, clerk: User) -> None:
    client = logged_in(somebody("approver", action.board, Role.APPROVER))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("wagtailadmin_home")).status_code == 200
        return len(found)

    ask_to_redact(record=action, words=WORDS, reason=WHY, by=clerk)
    queries()
    few = queries()
    for number in range(3):
        more = building.make_action(action.board, clerk, f"Action {number} that says too much")
        ask_to_redact(record=more, words="that says too much", reason=WHY, by=clerk)
    assert queries() == few


def test_a_door_that_was_left_open_is_found(action: ActionPage) -> None:
    def found() -> list[Any]:
        return [one for one in run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS]) if one.id == "governance.E003"]

    assert found() == []
    Removal.objects.create(kind="redact", reason="A test.", asked_at=action.first_published_at, is_open=True)
    assert len(found()) == 1


def test_nothing_is_kept_of_pages_that_said_them(
    action: ActionPage, clerk: User, other: User, django_capture_on_commit_callbacks: Any
) -> None:
    cache.set("piece-of-a-page", WORDS)
    removal = ask_to_redact(record=action, words=WORDS, reason=WHY, by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        redact(removal=removal, by=other)
    assert cache.get("piece-of-a-page") is None
