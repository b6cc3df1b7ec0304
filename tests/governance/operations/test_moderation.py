"""Deciding on what partners sent."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest

from governance.addresses import absolute
from governance.enums import ActionStatus, AnswerState, RequestOutcome
from governance.exceptions import Refused
from governance.models import BoardPage, Milestone, PartnerAnswer, PartnerLink, ProgressUpdatePage, User
from governance.operations.moderation import AsNews, approve_answer, return_answer, suggest_words
from governance.operations.partner_answers import agree_to_words, receive_answer
from governance.operations.partner_links import revoke_link
from governance.operations.publishing import publish_record, withdraw_record
from tests import building
from tests.governance.partner_stage import NOW, UPDATE, Asked, ask, mail_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk)


@pytest.fixture
def cascade(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk, cascade=True)


def test_an_approved_answer_becomes_public_news_credited_to_the_organisation(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    approved = approve_answer(answer=answer, by=asked.approver, at=NOW)
    update = ProgressUpdatePage.objects.get()
    assert (update.live, update.what_changed, update.organisation) == (True, "The first group met.", asked.partner)
    assert (update.title, update.date) == ("Beckside Homes reports, 20 November 2026", date(2026, 11, 20))
    assert (approved.state, approved.update, approved.decided_by) == (AnswerState.APPROVED, update, asked.approver)
    asked.request.refresh_from_db()
    asked.action.refresh_from_db()
    assert (asked.request.reported_on, asked.request.closed_as) == (date(2026, 11, 20), RequestOutcome.REPORTED)
    assert (asked.action.status, asked.action.last_news_on) == (ActionStatus.UNDER_WAY, date(2026, 11, 20))
    thanks = mail_to("news@beckside.example")[-1]
    assert absolute(update.get_url()) in thanks.text
    with pytest.raises(Refused, match="does not wait for you"):
        approve_answer(answer=answer, by=asked.approver)
    assert ProgressUpdatePage.objects.count() == 1


def test_it_can_become_a_draft_with_another_title(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    approve_answer(answer=answer, by=asked.approver, news=AsNews("What tenants said", publish=False), at=NOW)
    update = ProgressUpdatePage.objects.get()
    assert (update.live, update.title, update.status) == (False, "What tenants said", ActionStatus.UNDER_WAY)


def test_the_author_does_not_approve(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    same = building.make_user("same")
    same.email = "News@Beckside.example"
    same.save()
    with pytest.raises(Refused, match="somebody else approves"):
        approve_answer(answer=answer, by=same)
    suggest_words(answer=answer, words={"words": "A group met."}, by=asked.clerk, at=NOW)
    with pytest.raises(Refused, match="does not wait for you"):
        approve_answer(answer=answer, by=asked.approver)
    agree_to_words(answer=answer, at=NOW)
    with pytest.raises(Refused, match="You suggested words"):
        approve_answer(answer=answer, by=asked.clerk)
    assert not ProgressUpdatePage.objects.exists()
    approve_answer(answer=answer, by=asked.approver, at=NOW)
    assert ProgressUpdatePage.objects.get().what_changed == "A group met."


def test_words_credited_to_a_partner_are_published_as_the_partner_sent_them(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    approve_answer(answer=answer, by=asked.approver, news=AsNews("News", publish=False), at=NOW)
    draft = ProgressUpdatePage.objects.get()
    draft.next_step = "Nothing happens next."
    with pytest.raises(Refused, match="words of Beckside Homes"), transaction.atomic():
        publish_record(page=draft, by=asked.approver)
    draft = ProgressUpdatePage.objects.get()
    assert not draft.live
    draft.title = "What tenants said"
    assert publish_record(page=draft, by=asked.approver).live


@pytest.mark.parametrize(
    ("kind", "given", "outcome", "response"),
    [
        ("nothing_new", {"words": "We meet in January."}, RequestOutcome.NOTHING_NEW, "We meet in January."),
        ("not_ours", {"words": "Ask Jo."}, RequestOutcome.NOT_OURS, ""),
    ],
)
def test_a_short_answer_settles_the_request_without_news(
    asked: Asked, kind: str, given: dict[str, str], outcome: str, response: str
) -> None:
    approve_answer(answer=receive_answer(link=asked.link, kind=kind, given=given, at=NOW), by=asked.approver, at=NOW)
    asked.request.refresh_from_db()
    assert (asked.request.closed_as, asked.request.response) == (outcome, response)
    assert not ProgressUpdatePage.objects.exists()


def test_a_colleague_gets_a_link_of_their_own_only_after_approval(asked: Asked) -> None:
    given = {"colleague_name": "Jo", "colleague_email": "jo@beckside.example"}
    answer = receive_answer(link=asked.link, kind="colleague", given=given, at=NOW)
    assert mail_to("jo@beckside.example") == []
    approve_answer(answer=answer, by=asked.approver, at=NOW)
    [sent] = mail_to("jo@beckside.example")
    assert PartnerLink.objects.get(email="jo@beckside.example").token in sent.text
    assert asked.link.token not in sent.text


def test_in_confidence_is_taken_up_and_moves_nothing(asked: Asked) -> None:
    stuck = receive_answer(link=asked.link, kind="stuck", given={"confidential": "The funding ends."}, at=NOW)
    with pytest.raises(Refused, match="not edited"):
        suggest_words(answer=stuck, words={"words": "x"}, by=asked.clerk)
    approve_answer(answer=stuck, by=asked.approver, at=NOW)
    asked.request.refresh_from_db()
    assert asked.request.reported_on is None
    assert all("funding" not in delivery.text for delivery in mail_to("news@beckside.example"))


def test_a_cascade_goes_from_read_to_passed_on_to_reported(cascade: Asked) -> None:
    for kind, given in (("heard", {}), ("passed_on", {}), ("update", {"words": "Two teams would suit."})):
        approve_answer(answer=receive_answer(link=cascade.link, kind=kind, given=given, at=NOW), by=cascade.approver, at=NOW)
    cascade.request.refresh_from_db()
    days = (cascade.request.acknowledged_on, cascade.request.cascaded_on, cascade.request.reported_on)
    assert days == (date(2026, 11, 20),) * 3
    assert cascade.request.response == "Two teams would suit."
    assert not ProgressUpdatePage.objects.exists()


def test_a_returned_answer_goes_back_with_the_comment_and_the_same_link(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(Refused, match="Say what is missing"):
        return_answer(answer=answer, comment=" ", by=asked.approver)
    late = asked.link.expires_at
    return_answer(answer=answer, comment="Who came?", by=asked.approver, at=late)
    sent = mail_to("news@beckside.example")[-1]
    assert "Who came?" in sent.text
    assert asked.link.token in sent.text
    asked.link.refresh_from_db()
    assert asked.link.expires_at > late
    with pytest.raises(Refused, match="does not wait for you"):
        return_answer(answer=answer, comment="And when?", by=asked.approver)


def test_nothing_goes_back_through_a_link_that_was_called_back(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    revoke_link(link=asked.link, by=asked.clerk)
    with pytest.raises(Refused, match="called back"):
        return_answer(answer=answer, comment="Who came?", by=asked.approver)
    assert PartnerAnswer.objects.get().state == AnswerState.RECEIVED


@pytest.mark.parametrize(
    ("words", "refusal"),
    [({"words": "The first group met. "}, "same as before"), ({"words": " "}, "cannot be empty"), ({"title": "x"}, "same")],
)
def test_a_suggestion_changes_something_and_leaves_something(asked: Asked, words: dict[str, str], refusal: str) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(Refused, match=refusal):
        suggest_words(answer=answer, words=words, by=asked.clerk)


def test_what_cannot_follow_the_news_before_it_is_refused_whole(asked: Asked) -> None:
    building.make_update(asked.action, asked.clerk, date(2026, 11, 18), status=ActionStatus.COMPLETED)
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(ValidationError, match="taken up again"), transaction.atomic():
        approve_answer(answer=answer, by=asked.approver, at=NOW)
    assert PartnerAnswer.objects.get().state == AnswerState.RECEIVED


def test_a_withdrawn_action_has_no_news(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    withdraw_record(page=asked.action, by=asked.clerk, reason="It was a mistake.")
    with pytest.raises(Refused, match="no longer public"):
        approve_answer(answer=answer, by=asked.approver, at=NOW)


def test_the_database_keeps_confidence_apart_and_knows_who_approved(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="stuck", given={"confidential": "The funding ends."}, at=NOW)
    rows = PartnerAnswer.objects.filter(pk=answer.pk)
    for wrong in ({"kind": "update"}, {"words": "x"}, {"state": "approved"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_partner_says_what_is_done_and_the_approver_decides(asked: Asked) -> None:
    first, second = (Milestone.objects.create(action=asked.action, name=name) for name in ("Meet", "Report"))
    strange = Milestone.objects.create(action=building.make_action(asked.action.board, asked.clerk, "Other"), name="Other")
    given = {**UPDATE, "done_milestones": [first.pk, second.pk, strange.pk, "x"], "says_completed": True}
    answer = receive_answer(link=asked.link, kind="update", given=given, at=NOW)
    assert (answer.done_milestones, answer.says_completed) == ([first.pk, second.pk], True)
    approve_answer(answer=answer, by=asked.approver, news=AsNews("News", milestones=[first.pk]), at=NOW)
    done = Milestone.objects.filter(done_on=date(2026, 11, 20))
    assert list(done) == [first]
    asked.action.refresh_from_db()
    assert asked.action.status == ActionStatus.UNDER_WAY


def test_only_news_says_what_is_done(asked: Asked) -> None:
    step = Milestone.objects.create(action=asked.action, name="Meet")
    given = {"done_milestones": [step.pk], "says_completed": "on"}
    answer = receive_answer(link=asked.link, kind="nothing_new", given=given, at=NOW)
    assert (answer.done_milestones, answer.says_completed) == ([], False)
