"""Whatever is sent to a form that is open to the public: taken, or refused in plain words, never a failure."""

import re
from datetime import timedelta

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.models import BoardPage, QuestionRule, RecentSender, User
from governance.numbering import reference_slug
from minutes.reading import UnreadableMinutes, decode, read
from tests import building
from tests.faults.guessing import fields, guessed, is_told_in_words
from tests.governance.partner_stage import ask

COMMENT, ALERTS, CHECK = "/have-a-say/hwb-a1/", "/alerts/hwb/", "/check-a-file/"
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
]


@pytest.fixture
def forms(board: BoardPage, clerk: User) -> dict[str, tuple[str, ...]]:
    """Every public form, with its fields."""
    QuestionRule.objects.create(board=board, kind="question", days_before=3, on_site=True, how="Or by post.")
    meeting = building.make_meeting(board, clerk, timezone.now() + timedelta(weeks=6))
    link = ask(board, clerk, at=timezone.now() - timedelta(hours=1)).link
    assert building.make_action(board, clerk).live
    return {
        COMMENT: ("text", "raised_by", "leave_empty"),
        ALERTS: ("address", "often", "leave_empty"),
        CHECK: ("checksum", "file"),
        reverse("ask", args=[reference_slug(str(meeting.reference))]): (
            "kind", "text", "subject", "signatures", "name", "show_name", "email", "telephone", "leave_empty",
        ),
        reverse("partner_link", args=[link.token]): (
            "answer", "words", "next_step", "what_changed", "date", "colleague_email", "status", "confidence", "milestones", "sent",
            "in_confidence", "reach", "how",
        ),
        reverse("account_login"): ("login", "password", "next", "remember"),
        "/alerts/confirm/no-such-secret/": ("x",),
        "/alerts/stop/no-such-token/": ("x",),
    }  # fmt: skip


def fresh() -> Client:
    """Somebody who has sent nothing yet."""
    cache.clear()
    RecentSender.objects.all().delete()
    return Client(raise_request_exception=False)


def test_anything_in_the_fields_of_any_form_is_answered_in_words(forms: dict[str, tuple[str, ...]]) -> None:
    every = some.sampled_from(sorted(forms)).flatmap(lambda where: some.tuples(some.just(where), fields(*forms[where])))

    @guessed
    @given(some.lists(every, min_size=8, max_size=16))
    def send(sent: list[tuple[str, dict[str, str]]]) -> None:
        for where, form in sent:
            answer = fresh().post(where, form)
            is_told_in_words(answer, where)
            assert answer.status_code in {200, 302, 400, 404, 409, 410, 422, 429}, where

    send()


def test_any_bytes_sent_to_any_form_are_answered_in_words(forms: dict[str, tuple[str, ...]]) -> None:
    @guessed
    @given(some.sampled_from(sorted(forms)), some.sampled_from(KINDS), some.binary(max_size=200))
    def send(where: str, kind: str, body: bytes) -> None:
        assert fresh().generic("POST", where, body, content_type=kind).status_code < 500, (where, kind)

    send()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_any_method_at_any_form_is_no_failure(method: str, forms: dict[str, tuple[str, ...]]) -> None:
    for where in forms:
        assert fresh().generic(method, where).status_code in {200, 302, 403, 404, 405, 410}, where


@guessed
@given(some.one_of(some.binary(max_size=400), some.text(max_size=300).map(lambda text: text.encode("utf-16"))))
def test_any_file_is_read_as_minutes_or_refused_and_no_clause_is_made_up(sent: bytes) -> None:
    try:
        text, _warnings = decode(sent)
        reading = read(text)
    except UnreadableMinutes as refused:
        assert re.match(r"^[A-Z].*\.$", str(refused))
        return
    seen = set(re.findall(r"[^\W_]+", re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", text)))
    for clause in reading.clauses:
        assert set(re.findall(r"[^\W_]+", clause.text)) <= seen
