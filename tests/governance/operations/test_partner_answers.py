"""What partners send through their links: everything waits, nothing is lost, nothing is said twice."""

from datetime import timedelta

from django.core.exceptions import ValidationError

import pytest

from governance.enums import AnswerState
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, PartnerAnswer, PartnerLink, ProgressUpdatePage, User
from governance.operations.moderation import approve_answer, return_answer, suggest_words
from governance.operations.partner_answers import add_to_answer, agree_to_words, keep_own_words, receive_answer, send_again
from governance.operations.partner_links import revoke_link
from governance.partner_rules import LONGEST_ANSWER
from tests.governance.partner_stage import NOW, UPDATE, Asked, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk)


def test_an_answer_waits_and_changes_nothing_in_public(asked: Asked) -> None:
    entries = LedgerEntry.objects.count()
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    assert (answer.state, answer.words, answer.received_at) == (AnswerState.RECEIVED, "The first group met.", NOW)
    asked.request.refresh_from_db()
    assert asked.request.reported_on is None
    assert ProgressUpdatePage.objects.count() == 0
    assert LedgerEntry.objects.count() == entries


def test_nothing_is_said_twice_but_more_can_be_added_until_it_is_read(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(Refused, match="answered already"):
        receive_answer(link=asked.link, kind="nothing_new", given={}, at=NOW)
    added = add_to_answer(answer=answer, text=" Twelve people came. ", at=NOW)
    assert added.words == "The first group met.\n\nTwelve people came."
    assert added.earlier[0]["words"]["words"] == "The first group met."
    for text, words in (("  ", "Write what"), ("x" * LONGEST_ANSWER, "too long")):
        with pytest.raises(Refused, match=words):
            add_to_answer(answer=answer, text=text, at=NOW)
    approve_answer(answer=answer, by=asked.approver, at=NOW)
    with pytest.raises(Refused, match="read already"):
        add_to_answer(answer=answer, text="More.", at=NOW)
    assert PartnerLink.objects.get().uses == 2


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("update", {"words": " "}, "words"),
        ("update", {"words": "We met.", "confidence": "mayor"}, "confidence"),
        ("update", {"words": "x" * (LONGEST_ANSWER + 1)}, "words"),
        ("colleague", {"colleague_name": "Jo", "colleague_email": "jo@example.org\nBcc: all@example.org"}, "colleague_email"),
        ("colleague", {"colleague_name": "x" * 151, "colleague_email": "jo@example.org"}, "colleague_name"),
        ("heard", {}, "kind"),
        ("mayor", {}, "kind"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_by_field(asked: Asked, kind: str, given: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        receive_answer(link=asked.link, kind=kind, given=given, at=NOW)
    assert set(refusal.value.message_dict) == {field}
    assert not PartnerAnswer.objects.exists()
    assert PartnerLink.objects.get().uses == 0


def test_a_link_that_has_ended_takes_nothing(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    late = asked.link.expires_at + timedelta(seconds=1)
    with pytest.raises(Refused, match="ended"):
        receive_answer(link=asked.link, kind="nothing_new", given={}, at=late)
    revoke_link(link=asked.link, by=asked.clerk)
    with pytest.raises(Refused, match="ended"):
        add_to_answer(answer=answer, text="More.", at=NOW)


def test_what_is_told_in_confidence_stands_apart_and_the_link_can_still_answer(asked: Asked) -> None:
    stuck = receive_answer(link=asked.link, kind="stuck", given={"confidential": "The funding ends.", "words": "x"}, at=NOW)
    assert (stuck.confidential, stuck.words, str(stuck)) == ("The funding ends.", "", f"{asked.request.pk}/{stuck.pk}")
    assert not LedgerEntry.objects.filter(note__contains="funding").exists()
    receive_answer(link=asked.link, kind="nothing_new", given={}, at=NOW)


def test_a_returned_answer_is_sent_again_and_what_it_said_is_kept(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(Refused, match="not possible any more"):
        send_again(answer=answer, given=UPDATE, at=NOW)
    return_answer(answer=answer, comment="Who came?", by=asked.approver, at=NOW)
    with pytest.raises(ValidationError):
        send_again(answer=answer, given={"words": ""}, at=NOW)
    again = send_again(answer=answer, given={**UPDATE, "who_was_involved": "Twelve tenants."}, at=NOW)
    assert (again.state, again.who_was_involved) == (AnswerState.RECEIVED, "Twelve tenants.")
    assert again.earlier[0]["words"]["words"] == "The first group met."


def test_the_partner_agrees_to_other_words_or_keeps_its_own(asked: Asked) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE, at=NOW)
    with pytest.raises(Refused, match="not possible any more"):
        agree_to_words(answer=answer, at=NOW)
    suggest_words(answer=answer, words={"words": "A first group met."}, by=asked.clerk, at=NOW)
    kept = keep_own_words(answer=answer, objection="It was the first.", at=NOW)
    assert (kept.state, kept.words, kept.objection) == (AnswerState.NOT_AGREED, "The first group met.", "It was the first.")
    suggest_words(answer=answer, words={"words": "The first group of tenants met."}, by=asked.clerk, at=NOW)
    agreed = agree_to_words(answer=answer, at=NOW)
    assert (agreed.state, agreed.words, agreed.suggested) == (AnswerState.AGREED, "The first group of tenants met.", {})
    assert [version["by"] for version in agreed.earlier] == ["us", "partner"]
    with pytest.raises(Refused, match="not possible any more"):
        keep_own_words(answer=answer, at=NOW)
