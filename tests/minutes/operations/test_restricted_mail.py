"""Mail when something taken in private waits for a second person: to those who may decide it, once, and without a word of it."""

from typing import Any

from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import BoardPage, Delivery, User
from minutes.enums import InterestAction
from minutes.models import RestrictedPart, RestrictedWords
from minutes.operations import releasing, restricted_checking
from minutes.operations.releasing import propose_release
from minutes.operations.releasing_papers import propose_paper_release
from minutes.papers.findings import MEANINGS
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import (
    CANARY,
    checked_paper,
    declare,
    make_part,
    make_private_item,
    paper_saying,
    somebody,
)

pytestmark = pytest.mark.django_db


def approver(name: str, board: BoardPage, email: str = "") -> User:
    """Somebody who publishes for the board and has an address."""
    user = somebody(name, board, Role.APPROVER)
    User.objects.filter(pk=user.pk).update(email=email or f"{name}@example.org")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part of a public item."""
    return make_part(make_private_item(board, clerk), clerk)


@pytest.fixture
def approvers(board: BoardPage) -> list[User]:
    """Two who publish for the board; an editor, who does not."""
    somebody("editor", board, Role.EDITOR)
    return [approver("first", board), approver("second", board)]


def mails() -> list[Delivery]:
    """What was asked for, by who gets it."""
    return list(Delivery.objects.filter(kind="second_person").order_by("to", "pk"))


def test_a_proposed_release_is_told_to_the_others_without_a_word_of_it(part: RestrictedPart, approvers: list[User]) -> None:
    propose_release(part=part, words=RestrictedWords(text=f"{CANARY} words"), because=f"{CANARY} because", by=approvers[0])
    (mail,) = mails()
    assert mail.to == "second@example.org" and mail.subject == f"To read: a proposed release, {part.item.reference}"
    assert reverse("restricted_part", args=[part.item_id]) in mail.text
    assert CANARY not in f"{mail.subject}{mail.text}{mail.key}{mail.headers}"


def test_a_proposed_release_of_a_paper_is_told(part: RestrictedPart, approvers: list[User], clerk: User) -> None:
    paper = checked_paper(part, clerk)
    assert mails() == []
    propose_paper_release(paper=paper, title=f"{CANARY} public", because="Signed.", by=approvers[1])
    (mail,) = mails()
    assert mail.to == "first@example.org" and CANARY not in f"{mail.subject}{mail.text}"


def test_a_paper_that_waits_for_a_decision_is_told_once(
    part: RestrictedPart, approvers: list[User], clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = checked_paper(part, clerk, paper_saying(change=samples.javascript))
    assert paper.check_state == "findings"
    told = mails()
    assert [mail.to for mail in told] == ["first@example.org", "second@example.org"]
    assert all("Restricted paper 1 cannot be used yet" in mail.text and CANARY not in mail.text for mail in told)
    restricted_checking.tell_of_paper(paper)
    assert len(mails()) == 2


def test_who_brought_a_paper_and_who_left_for_the_item_are_not_told(
    part: RestrictedPart, approvers: list[User], clerk: User
) -> None:
    declare(part.item, clerk, InterestAction.LEFT, approvers[1].person)
    checked_paper(part, approvers[0], paper_saying(change=samples.javascript))
    assert mails() == []


def test_what_is_refused_tells_nobody(part: RestrictedPart, approvers: list[User], clerk: User, monkeypatch: Any) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(releasing, "tell_of_proposal", fail)
    with pytest.raises(RuntimeError):
        propose_release(part=part, words=RestrictedWords(text="Some"), because="Signed.", by=clerk)
    assert mails() == [] and releasing.proposal_of(part) is None


def test_no_finding_of_a_file_speaks_of_a_published_copy() -> None:
    said = [str(words) for meaning in MEANINGS.values() for words in (meaning.sentence, meaning.advice)]
    assert len(said) > 40 and not any("publish" in words.lower() for words in said)
