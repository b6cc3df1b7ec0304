"""Words are removed in the background: how far it is can be seen, and which files hold the words still."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance import waking
from governance.enums import Role
from governance.exceptions import Refused
from governance.models import Removal, User
from governance.operations import carrying_out_removals
from governance.operations.carrying_out_removals import WORK, carry_out, have_carried_out, take_up_left_removals
from governance.operations.removals import return_removal
from minutes.enums import PackState, PaperState
from minutes.models import Pack, Paper, PaperFile, RestrictedWords
from tests import building
from tests.everything import columns_with
from tests.kept import kept
from tests.minutes.operations.test_restricting import asked
from tests.minutes.restricted_stage import somebody
from tests.minutes.restricting_stage import EVERY, PRICE, TITLE, Stage, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(clerk: User) -> Stage:
    """A confirmed meeting whose item said too much."""
    return kept("restricting", lambda: make_stage(clerk))


@pytest.fixture
def other(db: None) -> User:
    """Somebody else who publishes for the board."""
    return building.make_user("other")


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The removals for which a worker was woken."""
    keys: list[int] = []
    monkeypatch.setitem(waking._wakers, WORK, keys.append)
    return keys


def paper_with(stage: Stage, text: str, title: str = "Tender report") -> Paper:
    """A published paper of the item, in whose file a text was read."""
    at = timezone.now()
    paper = Paper.objects.create(item=stage.item, title=title, state=PaperState.PUBLISHED, published_at=at, slug=title[:6])
    PaperFile.objects.create(paper=paper, original="a.pdf", copy="a.pdf", text=text, uploaded_at=at, check_state="clean")
    return paper


def test_the_worker_does_it_and_says_how_far_it_is(
    stage: Stage, other: User, woken: list[int], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(carrying_out_removals, "TOLD_EVERY", 0)
    told: list[int] = []
    before = carrying_out_removals._teller

    def teller(row: Removal, total: int) -> Any:
        """Looks what each step was told."""
        seen = before(row, total)

        def look() -> None:
            seen()
            told.append(Removal.objects.values_list("progress", flat=True).get(pk=row.pk))

        return look

    monkeypatch.setattr(carrying_out_removals, "_teller", teller)
    with django_capture_on_commit_callbacks(execute=True):
        removal = have_carried_out(removal=asked(stage), by=other)
    assert woken == [removal.pk] and not removal.settled_at and columns_with(TITLE)
    done = carry_out(removal=removal.pk)
    assert done is not None and done.entry is not None and (done.progress, done.settled_by) == (100, other)
    assert told == sorted(told) and told[0] == 0 and told[-1] == 50 and len(set(told)) > 10
    assert set().union(*map(columns_with, EVERY)) == set()
    assert carry_out(removal=removal.pk) is None, "it is done once"


def test_who_asked_does_not_have_it_done_and_what_is_under_way_is_neither_asked_nor_returned(stage: Stage, other: User) -> None:
    removal = asked(stage)
    with pytest.raises(Refused, match="Somebody else has to carry it out"):
        have_carried_out(removal=removal, by=stage.clerk)
    have_carried_out(removal=removal, by=other)
    with pytest.raises(Refused, match="being carried out already"):
        have_carried_out(removal=removal, by=other)
    with pytest.raises(Refused, match="cannot be returned"):
        return_removal(removal=removal, comment="No.", by=other)


def test_what_is_refused_gives_the_decision_back_without_the_words(stage: Stage, other: User) -> None:
    removal = have_carried_out(removal=asked(stage, RestrictedWords(text=PRICE)), by=other)
    stage.item.presenters.all().delete()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(carrying_out_removals.carriers, removal.kind, refuse_naming_the_words)
        row = carry_out(removal=removal.pk)
    assert row is not None and row.confirmed_at is None and not row.settled_at
    assert row.failure and PRICE not in row.failure
    assert have_carried_out(removal=row, by=other).failure == ""


def refuse_naming_the_words(**_given: Any) -> None:
    """Refuses as a rule might that names what it looked for."""
    raise Refused(f"“{PRICE}” is too short.")


def test_what_a_dead_worker_left_is_taken_up_and_given_up_after_some_tries(stage: Stage, other: User, woken: list[int]) -> None:
    removal = have_carried_out(removal=asked(stage), by=other)
    assert take_up_left_removals() == 0
    later = timezone.now() + timedelta(hours=1)
    assert take_up_left_removals(at=later) == 1
    Removal.objects.update(heartbeat_at=timezone.now(), tries=1)
    assert carry_out(removal=removal.pk) is None, "another worker has it"
    Removal.objects.update(heartbeat_at=timezone.now(), tries=carrying_out_removals.TRIES)
    assert take_up_left_removals(at=later) == 1
    removal.refresh_from_db()
    assert "Nothing was replaced" in removal.failure and removal.confirmed_at is None
    assert columns_with(TITLE)


def test_papers_and_packs_that_hold_the_words_are_listed_before_and_after(stage: Stage, other: User) -> None:
    paper, elsewhere = paper_with(stage, f"The report says: {PRICE}."), paper_with(stage, "Nothing of it.", "Annual report")
    approver = somebody("approver", stage.board, Role.APPROVER)
    client = Client()
    client.force_login(approver)
    removal = asked(stage)
    shown = client.get(reverse("restrict", args=[stage.item.pk])).content.decode()
    assert "Paper “Tender report”" in shown and elsewhere.title not in shown
    assert "HWB/2026-10-08/AGENDA/v1" in shown and "has to be withdrawn" in shown
    answer = client.post(reverse("restrict", args=[stage.item.pk]))
    assert answer["Location"] == reverse("removal", args=[removal.pk])
    assert client.get(reverse("restrict", args=[stage.item.pk]))["Location"] == answer["Location"]
    third = Client()
    third.force_login(somebody("third", stage.board, Role.APPROVER))
    assert reverse("restrict", args=[stage.item.pk]) not in third.get(reverse("wagtailadmin_home")).content.decode()
    assert b"being carried out already" in third.post(reverse("restrict", args=[stage.item.pk])).content
    waiting = client.get(answer["Location"]).content.decode()
    assert "Waiting for the worker." in waiting and "resolved/at_work.js" in waiting
    rows = client.get(reverse("removal_progress", args=[removal.pk])).json()["rows"]
    assert rows == [{"key": removal.pk, "percent": 0, "words": "Waiting for the worker."}]
    carry_out(removal=removal.pk)
    assert client.get(reverse("removal_progress", args=[removal.pk])).json() == {"rows": []}
    page = client.get(answer["Location"])
    said = page.content.decode()
    assert "Done: words were replaced in" in said and "no-store" in page["Cache-Control"]
    assert reverse("item_papers", args=[stage.item.pk]) in said and said.count("has to be withdrawn") == 1
    assert Pack.objects.get(reference="HWB/2026-10-08/AGENDA/v1").state == PackState.WITHDRAWN
    assert not any(words in said for words in EVERY)
    assert PRICE not in PaperFile.objects.get(paper=paper).text
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.WITHDRAWN)
    assert "has to be withdrawn" not in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUTHOR, Role.AUDITOR, Role.PARTNER])
def test_to_anybody_else_it_is_not_there(stage: Stage, role: Role) -> None:
    removal = asked(stage)
    client = Client()
    client.force_login(somebody("visitor", stage.board, role))
    for name in ("removal", "removal_progress"):
        assert client.get(reverse(name, args=[removal.pk])).status_code == 404
        assert client.get(reverse(name, args=[removal.pk + 1])).status_code == 404
