"""What is in the demonstration: every kind and state, true to itself, in clean words."""

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from typing import Any

from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from wagtail.models import Page

import pytest

from governance.enums import (
    ActionKind,
    ActionOrigin,
    ActionStatus,
    Confidence,
    PointAnswer,
    QuestionKind,
    Role,
    StandingKind,
    Suitability,
)
from governance.models import (
    ActionPage,
    BoardPage,
    Commitment,
    CoproductionPrinciple,
    LedgerEntry,
    Organisation,
    PartnerRequest,
    Point,
    PrincipleAnswer,
    ProgressUpdatePage,
    RecordPage,
    Reference,
    SuitabilityReview,
    WorkshopPage,
)
from governance.operations.progress import differences
from governance.progress import news_is_late
from home.demonstration.log_ins import log_ins
from home.operations.demonstration import load_demonstration
from minutes.deadlines import SUNDAY
from minutes.enums import ItemOutcome, MeetingStatus, MotionOutcome, QuestionState, ResolutionStanding
from minutes.models import (
    AgendaItemPage,
    Amendment,
    Attendance,
    Confirmation,
    DeclaredInterest,
    FormerDate,
    MeetingPage,
    MinutePage,
    NamedVote,
    Paper,
    PaperFile,
    ProgrammeEntry,
    PublicQuestion,
    ResolutionPage,
)
from minutes.waiting_decisions import waiting_decisions
from tests.home.demonstration.conftest import TODAY, Steps
from tests.home.demonstration.telling import texts, told

pytestmark = pytest.mark.usefixtures("demonstration")
Said = list[tuple[str, str, str]]
VOID = {"br", "hr", "img", "embed"}
ALLOWED = {"p", "ul", "ol", "li", "h3", "blockquote", "a"}


class Tags(HTMLParser):
    """Notes tags that are unknown, never closed or closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        if tag not in ALLOWED:
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


@pytest.fixture(scope="module")
def loaded_before(django_db_setup: None, django_db_blocker: Any) -> Said:
    """What another load of the same day wrote, which was taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: None)
        words = told()
        transaction.set_rollback(True)
    return words


@pytest.fixture(scope="module")
def steps_told(loaded_before: Said, steps_told: Steps) -> Steps:
    """What the person who loads it again is told."""
    return steps_told


def test_the_same_day_gives_the_same_records_twice(loaded_before: Said) -> None:
    assert told() == loaded_before


def test_ten_actions_stand_in_every_status_and_confidence() -> None:
    actions = ActionPage.objects.live()
    assert Counter(actions.values_list("status", flat=True)) == Counter(
        [*ActionStatus, ActionStatus.UNDER_WAY, ActionStatus.UNDER_WAY, ActionStatus.AGREED]
    )
    under_way = actions.filter(status=ActionStatus.UNDER_WAY).values_list("confidence", flat=True)
    assert set(under_way) == set(Confidence)
    assert set(actions.values_list("origin", flat=True)) == set(ActionOrigin)
    assert set(actions.values_list("kind", flat=True)) == set(ActionKind)


def test_every_action_stands_where_its_published_news_says() -> None:
    assert differences() == []


def test_the_news_of_two_years_moves_dates_corrects_and_takes_up_again() -> None:
    updates = ProgressUpdatePage.objects.live()
    assert 30 <= updates.count() <= 50
    assert updates.exclude(corrects=None).count() == 1
    moved = updates.exclude(new_due_on=None)
    assert moved.count() == 4
    assert not moved.filter(date_agreed_by="").exists()
    assert ActionPage.objects.get(slug="hwb-a5-home-care").date_moves == 2
    again = ProgressUpdatePage.objects.child_of(ActionPage.objects.get(slug="hwb-a2-two-stages")).order_by("date")
    statuses = [update.status for update in again]
    assert statuses.index(ActionStatus.COMPLETED) < len(statuses) - 1
    late = [action.reference for action in ActionPage.objects.all() if news_is_late(action.next_news_on, action.status, TODAY)]
    assert late == ["PLACE-A1"]
    assert max(updates.values_list("date", flat=True)) < TODAY


def test_meetings_stand_at_every_stage_and_every_item_has_an_outcome() -> None:
    meetings = MeetingPage.objects.live()
    assert Counter(meetings.values_list("status", flat=True)) == {
        MeetingStatus.CONFIRMED: 5,
        MeetingStatus.DRAFT_MINUTES: 3,
        MeetingStatus.AGENDA_PUBLISHED: 1,
        MeetingStatus.SCHEDULED: 6,
        MeetingStatus.CANCELLED: 1,
    }
    following = meetings.get(status=MeetingStatus.AGENDA_PUBLISHED)
    assert 8 <= AgendaItemPage.objects.child_of(following).live().count() <= 12
    assert (timezone.localdate(following.starts_at) - timezone.localdate(following.agenda_published_at)).days > 7
    outcomes = set(MinutePage.objects.live().values_list("outcome", flat=True))
    assert outcomes == {ItemOutcome.DECIDED, ItemOutcome.NOTED, ItemOutcome.DEFERRED, ItemOutcome.WITHDRAWN}


def test_a_year_is_planned_a_meeting_is_moved_and_joint_and_business_is_coming() -> None:
    moved = FormerDate.objects.public().get().meeting
    assert [row.board.code for row in moved.joint_boards.all()] == ["HWB"]
    assert moved.board.code == "PLACE"
    assert moved.day > FormerDate.objects.public().get().starts_at.date()
    planned = MeetingPage.objects.exclude(step_free="")
    assert len(planned) == 4
    assert all(meeting.day.weekday() == 3 and 8 <= meeting.day.day <= 14 for meeting in planned)
    assert ProgrammeEntry.objects.public().count() == 3
    assert ProgrammeEntry.objects.filter(is_public=False, meeting__in=planned).count() >= 3


def test_minutes_show_how_things_were_decided() -> None:
    assert set(Amendment.objects.values_list("outcome", flat=True)) == {"carried", "lost"}
    assert NamedVote.objects.values("cast").distinct().count() == 3
    assert DeclaredInterest.objects.values("what_they_did").distinct().count() == 2
    corrected = MinutePage.objects.filter(corrections__isnull=False)
    assert sorted(corrected.values_list("state", flat=True)) == ["confirmed", "corrected"]
    assert corrected.get(state="confirmed").draft_words.text.count("staff had offered") == 1
    assert AgendaItemPage.objects.get(is_urgent=True).urgency_reason
    private = AgendaItemPage.objects.exclude(exempt_ground=None)
    assert private.count() == 2
    assert not private.filter(exempt_reason="").exists()
    assert Attendance.objects.values("presence").distinct().count() == 7
    assert set(PublicQuestion.objects.values_list("state", flat=True)) == set(QuestionState)


def test_a_newcomer_finds_call_in_petitions_rules_and_a_template() -> None:
    called_in = ResolutionPage.objects.exclude(call_in="").order_by("call_in")
    assert list(called_in.values_list("call_in", flat=True)) == ["called_in", "open"]
    assert called_in.get(call_in="called_in").call_in_steps.count() == 1
    board = BoardPage.objects.get(code="HWB")
    assert board.standing_items.count() == len(StandingKind) - 1
    assert {rule.kind for rule in board.question_rules.all()} == set(QuestionKind)
    assert board.declining_reasons.count() == 3
    assert set(PublicQuestion.objects.values_list("kind", flat=True)) == set(QuestionKind)
    assert Confirmation.objects.exclude(at_meeting=None).get().corrections.count() == 1


def test_an_action_waits_because_its_decision_can_still_be_called_in() -> None:
    decision = ResolutionPage.objects.get(call_in="open")
    action = decision.action_links.get().action
    # The last day of a week: what holds on it holds on every day on which the demonstration may be made.
    assert TODAY.weekday() == SUNDAY
    assert "not in effect yet" in waiting_decisions(TODAY)[action.pk]
    assert action.status == ActionStatus.AGREED


def test_every_adopted_resolution_has_its_actions_or_needs_none() -> None:
    resolutions = ResolutionPage.objects.live()
    for resolution in resolutions.exclude(outcome=MotionOutcome.LOST):
        assert resolution.no_action_needed != resolution.action_links.exists(), resolution.text
    assert set(resolutions.values_list("standing", flat=True)) == {
        ResolutionStanding.ADOPTED,
        ResolutionStanding.SUPERSEDED,
        ResolutionStanding.DRAFT,
    }
    assert resolutions.get(outcome=MotionOutcome.LOST).standing == ResolutionStanding.DRAFT
    assert resolutions.get(standing=ResolutionStanding.SUPERSEDED).superseded_by.get().is_frozen
    assert resolutions.exclude(recommended_to="").get().answer_to_recommendation
    assert resolutions.exclude(stem="").count() == 3
    assert any(len(resolution.verbs) > 1 for resolution in resolutions)


def test_a_quoted_commitment_is_in_the_minute_word_for_word() -> None:
    promise = Commitment.objects.get(source_place="page 6, key action 1")
    assert MinutePage.objects.filter(text__contains=promise.text).count() == 1
    waiting = ActionPage.objects.get(origin=ActionOrigin.DISCUSSION)
    assert waiting.origin_words in MinutePage.objects.get(pk=waiting.origin_page_id).text
    outside = ActionPage.objects.get(origin=ActionOrigin.COMMITMENT).commitment
    assert outside is not None
    assert outside.organisation == Organisation.objects.get(name="Ashmere Place Partnership")
    assert all(name in outside.explanation for name in CoproductionPrinciple.objects.values_list("name", flat=True))


def test_partners_are_at_every_stage_and_principles_have_honest_gaps() -> None:
    states = {re.split(r"[,.]", str(request.state))[0] for request in PartnerRequest.objects.all()}
    assert states >= {"Asked to pass it on and report back", "Has read it", "Passed it on", "Reported back", "Asked for news"}
    answers = PrincipleAnswer.objects.count()
    asked = CoproductionPrinciple.objects.count() * ActionPage.objects.filter(kind=ActionKind.COPRODUCTION).count()
    assert 0 < answers < asked


def test_points_are_answered_in_every_way_and_some_wait() -> None:
    assert set(Point.objects.public().values_list("answer_kind", flat=True)) == set(PointAnswer)
    assert set(SuitabilityReview.objects.values_list("verdict", flat=True)) == set(Suitability)
    workshops = WorkshopPage.objects.live().order_by("starts_at")
    assert [workshop.starts_at.date() < TODAY for workshop in workshops] == [True, False]


def test_everyone_can_log_in_in_their_role_and_only_as_the_matrix_says() -> None:
    assert {row["role"] for row in log_ins()} == {str(role.label) for role in Role}
    for row in log_ins():
        user = authenticate(HttpRequest(), username=row["username"], password=row["password"])
        assert user is not None
        assert any(row["role"] in name for name in user.groups.values_list("name", flat=True))
        assert user.is_superuser == (row["role"] == str(Role.ADMINISTRATOR.label))


def test_every_record_has_its_reference_and_its_day() -> None:
    records = [page for page in Page.objects.live().specific() if isinstance(page, RecordPage)]
    assert len(records) > 150
    named = {page.reference for page in records if page.reference_scope() is not None}
    assert None not in named
    papers = set(Paper.objects.addressed().values_list("reference", flat=True))
    assert named | papers == set(Reference.objects.values_list("text", flat=True))
    for page in records:
        assert page.first_published_at.date() < TODAY
        assert page.last_published_at.date() < TODAY
        assert not page.has_unpublished_changes
    assert max(timezone.localdate(at) for at in LedgerEntry.objects.values_list("at", flat=True)) < TODAY


def test_the_next_agenda_has_papers_of_every_sort() -> None:
    files = list(PaperFile.objects.public())
    assert {file.is_tagged for file in files} == {True, False}
    assert sum(file.pages or 0 for file in files) >= 100
    assert all(file.accepted_by for file in files if not file.is_tagged)


def test_every_link_leads_to_a_public_page() -> None:
    linked = {int(key) for _, text in texts() for key in re.findall(r'linktype="page" id="(\d+)"', text)}
    assert Page.objects.live().filter(pk__in=linked).count() == len(linked)
    addresses = {address for _, text in texts() for address in re.findall(r"https?://[^\s\"<]+", text)}
    assert addresses
    assert all(re.match(r"https://[a-z]+\.ashmere\.example(/|$)", address) for address in addresses), addresses


def test_every_page_can_be_read(client: Client) -> None:
    addresses = [page.get_url() for page in Page.objects.live().filter(depth__gt=1).specific()]
    assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_every_text_is_clean() -> None:
    for where, text in texts():
        assert not re.search(r"\[\[|\]\]|\{\{|\{%|%\}|\}\}|TODO|lorem", text, re.IGNORECASE), where
        if text.startswith("<"):
            tags = Tags()
            tags.feed(text)
            assert (tags.open, tags.wrong) == ([], []), where
    assert any("Tŷ Gwyn" in text for _, text in texts())


def test_no_word_of_a_day_is_left_as_it_was_typed() -> None:
    assert not [where for where, text in texts() if re.search(r"[+-]\d+w (mon|tue|wed|thu|fri|sat|sun)", text)]


def test_a_second_load_changes_nothing(demonstration: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    before = told()
    assert not load_demonstration(today=date(2027, 3, 1), tell=lambda *step: None)
    call_command("load_demonstration")
    assert "already there" in capsys.readouterr().out
    assert told() == before


def test_whoever_watches_hears_of_every_step(demonstration: Steps) -> None:
    done, steps, _ = demonstration[-1]
    assert done == steps == len(demonstration)
    assert all(words.strip() for _, _, words in demonstration)


def test_every_record_agrees_with_its_ledger() -> None:
    said = StringIO()
    try:
        call_command("verify_records", stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())
    looked_at = re.search(r"Looked at (\d+) entries, (\d+) records", said.getvalue())
    assert looked_at and all(int(number) > 100 for number in looked_at.groups())
    assert "Everything agrees." in said.getvalue()
