"""Comments: taken in from anybody, settled once, never shown before."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest

from governance.enums import CommentState
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, Comment, LedgerEntry, Point, RecentSender, User
from governance.operations.comments import (
    FROM_ONE_SENDER,
    LONGEST,
    decline_comment,
    forget_senders,
    publish_comment,
    receive_comment,
)
from governance.policies import COMMENT_TRANSITIONS
from tests import building
from tests.building import london

AT = london(2026, 11, 3, 9)


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """A live action."""
    return building.make_action(board, clerk)


@pytest.fixture
def comment(action: ActionPage) -> Comment:
    """One that waits."""
    return receive_comment(action=action, text="  Come on time. ", raised_by="carer", at=AT)


def test_a_comment_waits_and_is_entered_in_the_ledger_without_its_words(comment: Comment) -> None:
    assert (comment.text, comment.state, comment.raised_by) == ("Come on time.", CommentState.RECEIVED, "carer")
    entry = LedgerEntry.objects.get(note="A comment was received")
    assert (entry.by, entry.at) == (None, AT)
    assert not Comment.objects.public().exists()
    assert Comment.objects.waiting().get() == comment


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * (LONGEST + 1), "x" * 100_000])
def test_a_comment_without_words_or_too_long_is_refused(action: ActionPage, text: str) -> None:
    with pytest.raises(Refused):
        receive_comment(action=action, text=text)
    assert not Comment.objects.exists()


def test_a_group_that_is_none_is_refused(action: ActionPage) -> None:
    with pytest.raises(ValidationError):
        receive_comment(action=action, text="Yes.", raised_by="somebody")


def test_a_draft_action_takes_no_comment(board: BoardPage, clerk: User) -> None:
    draft = building.make_action(board, clerk, publish=False)
    with pytest.raises(Refused, match="not public"):
        receive_comment(action=draft, text="Yes.")


def test_publishing_makes_a_point_with_its_answer(comment: Comment, clerk: User) -> None:
    point = publish_comment(
        comment=comment, kind="done", answer="It is.", text="Come […] on time.", by=clerk, at=london(2026, 11, 9, 10)
    )
    point = Point.objects.public().get(pk=point.pk)
    assert (point.text, point.raised_by, point.source) == ("Come […] on time.", "A carer or a relative", "comment")
    assert (point.raised_on, point.answered_on, point.answer) == (date(2026, 11, 3), date(2026, 11, 9), "It is.")
    comment.refresh_from_db()
    assert (comment.state, comment.point, comment.settled_by) == (CommentState.PUBLISHED, point, clerk)
    assert comment.text == "Come on time."


def test_keeping_back_needs_the_reason_and_shows_no_words(comment: Comment, clerk: User) -> None:
    with pytest.raises(Refused, match="Give the reason"):
        decline_comment(comment=comment, reason=" ", by=clerk)
    decline_comment(comment=comment, reason="It names somebody.", by=clerk)
    assert Comment.objects.public().get().reason == "It names somebody."
    assert not Point.objects.exists()
    assert "Come on time" not in "".join(LedgerEntry.objects.values_list("note", flat=True))


@pytest.mark.parametrize("first", ["publish", "decline"])
@pytest.mark.parametrize("second", ["publish", "decline"])
def test_a_comment_is_settled_once(comment: Comment, clerk: User, first: str, second: str) -> None:
    stale = Comment.objects.get()
    doing: dict[str, Any] = {
        "publish": lambda row: publish_comment(comment=row, kind="done", answer="It is.", by=clerk),
        "decline": lambda row: decline_comment(comment=row, reason="Abuse.", by=clerk),
    }
    doing[first](comment)
    state = Comment.objects.get().state
    with pytest.raises(Refused, match="settled already"):
        doing[second](stale)
    assert Comment.objects.get().state == state


def test_an_answer_without_words_settles_nothing(comment: Comment, clerk: User) -> None:
    with pytest.raises(Refused):
        publish_comment(comment=comment, kind="done", answer=" ", by=clerk)
    assert (Comment.objects.get().state, Point.objects.count()) == (CommentState.RECEIVED, 0)


def test_an_address_is_kept_as_a_hash_for_a_day_and_slows_machines_down(action: ActionPage) -> None:
    for _ in range(FROM_ONE_SENDER):
        receive_comment(action=action, text="Again.", place="192.0.2.7", at=AT)
    with pytest.raises(Refused, match="Too many"):
        receive_comment(action=action, text="Again.", place="192.0.2.7", at=AT)
    receive_comment(action=action, text="Another.", place="192.0.2.8", at=AT)
    assert Comment.objects.count() == FROM_ONE_SENDER + 1
    digests = set(RecentSender.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    assert not any("192" in digest and "." in digest for digest in digests)
    receive_comment(action=action, text="Tomorrow.", place="192.0.2.7", at=AT + timedelta(days=1, seconds=1))
    assert RecentSender.objects.count() == 1
    assert forget_senders(AT + timedelta(days=3)) == 1


def test_the_table_is_complete() -> None:
    assert set(COMMENT_TRANSITIONS) == set(CommentState)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "published"}, {"state": "not_published"}, {"reason": "Why"}, {"state": "not_published", "reason": "Why"}],
)
def test_the_database_keeps_a_settled_comment_whole(comment: Comment, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**wrong)
