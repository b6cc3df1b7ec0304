"""Where an action stands follows from its public updates, whichever door they come through."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import GroupApprovalTask as ApprovalTask
from wagtail.models import PageLogEntry, Workflow, WorkflowTask

import pytest

from governance.enums import ActionStatus, Confidence
from governance.exceptions import FrozenRecord, Refused
from governance.models import ActionPage, BoardPage, Evidence, LedgerEntry, Milestone, MilestoneDone, ProgressUpdatePage, User
from governance.operations.progress import differences, follow_update
from governance.operations.publishing import publish_record, withdraw_record
from governance.operations.scheduled import publish_due
from governance.publication import Publication
from tests import building

FIRST, SECOND, THIRD = date(2026, 10, 20), date(2026, 11, 3), date(2026, 11, 17)


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """An action with two steps and a date."""
    return building.make_action(
        board, clerk, first_due_on=date(2026, 12, 31), milestones=[Milestone(name="Workshop"), Milestone(name="Plan")]
    )


def fresh(action: ActionPage) -> ActionPage:
    """The action as it stands now."""
    return ActionPage.objects.get(pk=action.pk)


def done(action: ActionPage, name: str, on: date) -> MilestoneDone:
    """A row that says that a step is done."""
    return MilestoneDone(milestone=action.milestones.get(name=name), done_on=on)


def steps(action: ActionPage) -> dict[str, date | None]:
    """Every step and the day it was done."""
    return dict(Milestone.objects.filter(action=action).values_list("name", "done_on"))


def test_one_publication_moves_status_confidence_date_and_steps(action: ActionPage, clerk: User) -> None:
    building.make_update(
        action,
        clerk,
        SECOND,
        confidence=Confidence.AT_RISK,
        reason="Snow.",
        recovery_step="We wait.",
        new_due_on=date(2027, 3, 31),
        date_reason="Snow",
        date_agreed_by="the chair",
        milestones_done=[done(action, "Workshop", FIRST)],
    )
    row = fresh(action)
    assert (row.status, row.confidence, row.due_on, row.date_moves) == ("under_way", "at_risk", date(2027, 3, 31), 1)
    assert steps(action) == {"Workshop": FIRST, "Plan": None}
    assert differences() == []


def test_a_step_is_done_only_while_its_update_is_public_and_in_force(action: ActionPage, clerk: User) -> None:
    first = building.make_update(action, clerk, FIRST, milestones_done=[done(action, "Workshop", FIRST)])
    correction = building.make_update(action, clerk, SECOND, corrects=first)
    assert steps(action)["Workshop"] is None
    withdraw_record(page=correction, by=clerk, reason="The first one was right.")
    assert steps(action)["Workshop"] == FIRST
    withdraw_record(page=first, by=clerk, reason="It named a person.")
    assert steps(action)["Workshop"] is None
    assert differences() == []


def test_no_version_of_the_action_brings_a_day_back(action: ActionPage, clerk: User) -> None:
    update = building.make_update(action, clerk, FIRST, milestones_done=[done(action, "Workshop", FIRST)])
    old = fresh(action).save_revision(user=clerk)
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert {row.done_on for row in old.as_object().milestones.all()} == {None}
    old.publish(user=clerk)
    assert steps(action) == {"Workshop": None, "Plan": None}
    row = Milestone.objects.get(name="Plan")
    row.done_on = FIRST
    row.save()
    assert steps(action)["Plan"] is None


def test_published_out_of_order_they_stand_in_the_order_of_their_days(action: ActionPage, clerk: User) -> None:
    building.make_update(action, clerk, THIRD, status=ActionStatus.COMPLETED)
    building.make_update(action, clerk, FIRST, status=ActionStatus.PAUSED, reason="Snow.")
    assert fresh(action).status == ActionStatus.COMPLETED
    assert differences() == []


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"day": date(2126, 1, 1)}, "This day is still to come. News is dated on the day it is published, or before."),
    ({"day": date(2026, 9, 1)}, "The action was agreed on 8 October 2026. News from before then can only call it proposed."),
    ({"status": ActionStatus.PROPOSED}, "The action was “Agreed”, so it cannot become “Proposed”."),
    (
        {"status": ActionStatus.COMPLETED, "how_known": ""},
        "Say how it is known, or add evidence to the action first: “Completed” has to be shown.",
    ),
]


@pytest.fixture
def agreed(action: ActionPage) -> ActionPage:
    """The action once a resolution has ordered it."""
    ActionPage.objects.filter(pk=action.pk).update(is_agreed=True, agreed_on=date(2026, 10, 8), status="agreed")
    return fresh(action)


def counts() -> tuple[int, int]:
    """How much has become public."""
    return (ProgressUpdatePage.objects.live().count(), LedgerEntry.objects.count())


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_the_operation_refuses_and_changes_nothing(agreed: ActionPage, clerk: User, said: dict[str, Any], words: str) -> None:
    before = counts()
    with pytest.raises(ValidationError) as refusal:
        building.make_update(agreed, clerk, **said)
    assert refusal.value.messages == [words]
    assert counts() == before
    assert ProgressUpdatePage.objects.count() == 0
    assert fresh(agreed).status == ActionStatus.AGREED


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_the_last_door_refuses_what_got_past_the_others(
    agreed: ActionPage, clerk: User, said: dict[str, Any], words: str
) -> None:
    update = building.make_update(agreed, clerk, publish=False, **said)
    with pytest.raises(Refused, match="^" + words.replace("(", "\\(")):
        follow_update(Publication(page=update, by=clerk, at=timezone.now()))


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_the_scheduler_refuses_goes_on_and_says_why(agreed: ActionPage, clerk: User, said: dict[str, Any], words: str) -> None:
    refused = building.make_update(agreed, clerk, publish=False, **said)
    good = building.make_update(agreed, clerk, SECOND, publish=False, title="Good news", slug="good")
    for page in (refused, good):
        revision = page.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    assert publish_due() == 2
    assert [page.title for page in ProgressUpdatePage.objects.live()] == ["Good news"]
    entry = PageLogEntry.objects.get(page=refused.pk, action="resolved.plan_refused")
    assert entry.message == f"Not done as planned. {words}"
    assert publish_due() == 0
    call_command("publish_scheduled")
    assert not ProgressUpdatePage.objects.get(pk=refused.pk).live


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_the_editor_shows_the_words_and_keeps_what_was_typed(
    agreed: ActionPage, clerk: User, client: Client, said: dict[str, Any], words: str
) -> None:
    update = building.make_update(agreed, clerk, publish=False, **said)
    client.force_login(clerk)
    names = ("title", "slug", "status", "confidence", "difference", "what_is_different", "for_whom", "how_known")
    form = {name: str(getattr(update, name)) for name in names}
    form |= {"date": update.date.isoformat(), "what_changed": "All of this I typed.", "action-publish": "publish"}
    form |= {"look_again_on": update.look_again_on.isoformat() if update.look_again_on else ""}
    form |= {f"{rows}-{count}_FORMS": "0" for rows in ("milestones_done", "alternatives") for count in ("TOTAL", "INITIAL")}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[update.pk]), form)
    assert response.status_code == 200
    text = response.content.decode()
    assert words in text
    assert "All of this I typed." in text
    assert not ProgressUpdatePage.objects.get().live


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_approval_in_a_workflow_shows_the_words_and_never_an_error(
    agreed: ActionPage, clerk: User, client: Client, said: dict[str, Any], words: str
) -> None:
    update = building.make_update(agreed, clerk, publish=False, **said)
    workflow, task = Workflow.objects.create(name="Four eyes"), ApprovalTask.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(update, clerk)
    client.force_login(clerk)
    address = reverse("wagtailadmin_pages:workflow_action", args=[update.pk, "approve", state.current_task_state.pk])
    response = client.post(address, {"comment": ""})
    assert response.status_code == 409
    assert words in response.content.decode()
    assert not ProgressUpdatePage.objects.get().live
    assert fresh(agreed).status == ActionStatus.AGREED


def test_evidence_on_the_action_shows_that_it_is_completed(action: ActionPage, clerk: User) -> None:
    action.evidence.add(Evidence(title="The plan"))
    publish_record(page=action, by=clerk)
    building.make_update(action, clerk, SECOND, status=ActionStatus.COMPLETED, how_known="")
    assert fresh(action).status == ActionStatus.COMPLETED


def test_what_has_ended_is_looked_at_again_taken_up_and_corrected(action: ActionPage, clerk: User) -> None:
    end = building.make_update(action, clerk, FIRST, status=ActionStatus.COMPLETED)
    assert fresh(action).look_again_on == FIRST + timedelta(weeks=26)
    building.make_update(action, clerk, SECOND, status=ActionStatus.COMPLETED, look_again_on=None)
    assert fresh(action).look_again_on is None
    with pytest.raises(ValidationError, match="Say why it is taken up again"):
        building.make_update(action, clerk, THIRD)
    building.make_update(action, clerk, THIRD, reason="Half of it was missing.", title="Again")
    row = fresh(action)
    assert (row.status, row.look_again_on) == (ActionStatus.UNDER_WAY, None)
    correction = building.make_update(
        action, clerk, THIRD, corrects=end, reason="It was never done.", title="Not done", status=ActionStatus.UNDER_WAY
    )
    with pytest.raises(ValidationError, match="Another update corrects this one already"):
        building.make_update(action, clerk, THIRD, corrects=end, title="Twice", reason="Again.")
    assert correction.live
    assert differences() == []


def test_a_step_is_not_done_twice_but_a_correction_may_repeat_it(action: ActionPage, clerk: User) -> None:
    first = building.make_update(action, clerk, FIRST, milestones_done=[done(action, "Workshop", FIRST)])
    with pytest.raises(ValidationError, match="“Workshop” is done already"):
        building.make_update(action, clerk, SECOND, milestones_done=[done(action, "Workshop", SECOND)])
    right = date(2026, 10, 19)
    building.make_update(action, clerk, SECOND, corrects=first, milestones_done=[done(action, "Workshop", right)])
    assert steps(action)["Workshop"] == right


def test_a_public_update_stays_as_it_was(action: ActionPage, clerk: User, client: Client) -> None:
    update = building.make_update(action, clerk, SECOND)
    update.what_changed = "Something else."
    with pytest.raises(FrozenRecord, match="stays as it was"):
        update.save()
    with pytest.raises(FrozenRecord):
        publish_record(page=ProgressUpdatePage.objects.get(), by=clerk)
    client.force_login(clerk)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk]))
    assert "Correct it by a new update that names it." in shown.content.decode()
    rights = update.permissions_for_user(clerk)
    assert (rights.can_publish(), rights.can_withdraw(), rights.can_move()) == (False, True, False)
    withdraw_record(page=ProgressUpdatePage.objects.get(), by=clerk, reason="It named a person.")
    assert fresh(action).status == ActionStatus.PROPOSED


def test_a_lead_and_a_date_say_where_they_come_from(board: BoardPage, clerk: User) -> None:
    nowhere: dict[str, Any] = {"lead_role": "Director", "lead_set_by": "", "lead_set_on": None}
    with pytest.raises(ValidationError, match="Say who named the lead"):
        building.make_action(board, clerk, **nowhere)
    with pytest.raises(ValidationError, match="Say when the lead was named"):
        building.make_action(board, clerk, **{**nowhere, "lead_set_by": "the chair"})
    with pytest.raises(ValidationError, match="Say who set the date"):
        building.make_action(board, clerk, first_due_on=SECOND, due_set_by="", due_set_on=None)
    with pytest.raises(ValidationError, match="Say when the date was set"):
        building.make_action(board, clerk, first_due_on=SECOND, due_set_by="the chair", due_set_on=None)
    minuted = {**nowhere, "lead_words": "the Director was asked", "first_due_on": SECOND, "due_words": "by November"}
    assert building.make_action(board, clerk, due_set_by="", due_set_on=None, **minuted).live
