"""Replacing, rescinding and calling in resolutions, and answers to recommendations: what is recorded, refused and shown."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import LedgerEntry, User
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from governance.timeline import timeline
from minutes.enums import CallIn, Ending, ResolutionStanding
from minutes.models import CallInStep, ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.ending import end_resolution, record_call_in
from minutes.operations.recommendations import record_answer
from tests import building
from tests.kept import kept
from tests.minutes.record_stage import Stage, kept_stage, make_stage

pytestmark = pytest.mark.django_db
MAY = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})


@pytest.fixture
def stage(clerk: User) -> Stage:
    """A resolution of September and a meeting of October."""
    return kept_stage(clerk)


@pytest.fixture
def cabinet(clerk: User) -> Stage:
    """The same of an executive board."""
    return kept("cabinet", lambda: make_stage(clerk, code="CAB", title="Cabinet", is_executive=True))


def fresh(resolution: ResolutionPage) -> ResolutionPage:
    """It as the database has it now."""
    return ResolutionPage.objects.get(pk=resolution.pk)


def page_of(record: Any) -> str:
    """Its public page."""
    return Client().get(record.get_url()).content.decode()


def test_a_later_resolution_rescinds_an_earlier_one_and_both_say_so(stage: Stage) -> None:
    later = building.make_resolution(
        stage.confirming, stage.clerk, text="That it be ended.", supersedes=stage.resolution, supersedes_how=Ending.RESCINDED
    )
    earlier = fresh(stage.resolution)
    assert (earlier.standing, earlier.ended_by, earlier.text) == (ResolutionStanding.RESCINDED, later, stage.resolution.text)
    assert "rescinded by a later resolution" in page_of(earlier)
    assert later.get_url() in page_of(earlier)
    assert "It rescinds" in page_of(later)
    assert earlier.get_url() in page_of(later)
    notes = LedgerEntry.objects.filter(page__in=[earlier.pk, later.pk], event__in=["status", "linked"])
    assert {row.note for row in notes} == {f"Rescinded by {later.reference}", f"{earlier.reference}: Rescinded"}
    for change in ({"standing": "adopted"}, {"ended_by": None}, {"supersedes_how": "superseded"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResolutionPage.objects.filter(supersedes=earlier).update(**change)
            ResolutionPage.objects.filter(pk=earlier.pk).update(**change)


def test_what_is_ended_already_is_not_ended_again_by_any_door(stage: Stage) -> None:
    later = building.make_resolution(stage.confirming, stage.clerk, supersedes=stage.resolution)
    draft = building.make_resolution(stage.confirming, stage.clerk, number=2, publish=False)
    with pytest.raises(Refused, match="not adopted, so it ends nothing"):
        end_resolution(earlier=later, later=draft, how=Ending.RESCINDED, by=stage.clerk)
    draft.supersedes = fresh(stage.resolution)
    client = Client()
    client.force_login(stage.clerk)
    form = {"title": draft.title, "slug": draft.slug, "label": "(2)", "text": "Typed for an hour.", "outcome": "carried"}
    form |= {"supersedes": str(stage.resolution.pk), "supersedes_how": "rescinded", "action-publish": "1"}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form)
    assert answer.status_code == 200
    assert "“Superseded” already" in answer.content.decode()
    assert "Typed for an hour." in answer.content.decode()
    plain = building.make_resolution(stage.confirming, stage.clerk, number=3)
    with pytest.raises(Refused, match="already"):
        end_resolution(earlier=stage.resolution, later=plain, how=Ending.RESCINDED, by=stage.clerk)
    assert fresh(stage.resolution).ended_by == later


def test_decisions_of_a_board_that_is_not_executive_are_not_called_in(stage: Stage) -> None:
    assert stage.resolution.call_in == ""
    with pytest.raises(Refused, match="not executive"):
        record_call_in(resolution=stage.resolution, state=CallIn.CALLED_IN, who="Two members", reason="Cost.", by=stage.clerk)
    assert "call" not in page_of(stage.resolution).lower().replace("called off", "")


def test_a_decision_is_called_in_referred_back_and_changed(cabinet: Stage) -> None:
    decision = building.make_resolution(cabinet.confirming, cabinet.clerk, text="That the library close.")
    action = building.make_action(cabinet.board, cabinet.clerk)
    link_action(resolution=decision, action=action, by=cabinet.clerk)
    assert (decision.call_in, bool(decision.call_in_until)) == (CallIn.OPEN, True)
    assert "can be called in until" in page_of(decision)
    assert "can be called in until" in page_of(action)
    given: dict[str, Any] = {"resolution": decision, "by": cabinet.clerk, "reason": "People were not asked."}
    with pytest.raises(Refused, match="not in the future"):
        record_call_in(state=CallIn.CALLED_IN, who="Two members", on=timezone.localdate() + timedelta(days=1), **given)
    record_call_in(state=CallIn.CALLED_IN, who="Councillors Rao and Lee", **given)
    assert "This decision is not in effect: called in." in page_of(action)
    with pytest.raises(Refused, match="cannot become"):
        record_call_in(state=CallIn.CHANGED, who="Cabinet", **given)
    record_call_in(state=CallIn.REFERRED_BACK, who="Overview and Scrutiny Committee", **given)
    later = building.make_resolution(
        cabinet.confirming, cabinet.clerk, number=2, text="That it stay.", supersedes=fresh(decision)
    )
    row = fresh(decision)
    assert (row.call_in, row.standing, row.ended_by, row.in_effect_on) == (CallIn.CHANGED, "superseded", later, None)
    shown = page_of(decision)
    assert (
        shown.index("Councillors Rao and Lee") < shown.index("Overview and Scrutiny Committee") < shown.index("By resolution")
    )
    assert "It has been replaced since." in page_of(action)
    for rows in (CallInStep.objects.all().delete, lambda: CallInStep.objects.update(who="Nobody")):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows()


def test_a_decision_that_stands_takes_effect_that_day_and_an_urgent_one_at_once(cabinet: Stage) -> None:
    decision = building.make_resolution(cabinet.confirming, cabinet.clerk)
    for state in (CallIn.CALLED_IN, CallIn.STANDS):
        record_call_in(resolution=decision, state=state, who="Two members", reason="Cost.", by=cabinet.clerk)
    assert fresh(decision).in_effect_on == timezone.localdate()
    urgent = building.make_resolution(cabinet.confirming, cabinet.clerk, number=2, urgent_because="The roof is falling.")
    assert (urgent.call_in, urgent.in_effect_on) == (CallIn.EXEMPT, timezone.localdate())
    assert "The roof is falling." in page_of(urgent)
    with pytest.raises(Refused, match="cannot become"):
        record_call_in(resolution=urgent, state=CallIn.CALLED_IN, who="Two members", reason="Cost.", by=cabinet.clerk)


def test_a_recommendation_is_open_until_its_answer_is_recorded(stage: Stage) -> None:
    made = building.make_resolution(stage.confirming, stage.clerk, recommended_to="Full council", publish=False)
    made = publish_record(page=made, by=stage.clerk)
    action = building.make_action(stage.board, stage.clerk)
    link_action(resolution=made, action=action, by=stage.clerk)
    assert "It has not answered yet." in page_of(made)
    client = Client()
    client.force_login(stage.clerk)
    register = reverse("minutes_resolutionpage_modeladmin_index")
    assert made.reference in client.get(f"{register}?recommendation=open").content.decode()
    assert "Record the answer of Full council" in client.get(reverse("wagtailadmin_home")).content.decode()
    with pytest.raises(Refused, match="still to come"):
        record_answer(resolution=made, answer="Yes.", on=timezone.localdate() + timedelta(days=1), by=stage.clerk)
    assert client.post(reverse("record_answer", args=[made.pk]), {"answer": "Accepted.", "on": "2026-10-20"}).status_code == 302
    row = fresh(made)
    assert (row.answer_to_recommendation, row.answered_on, row.text) == (
        "Accepted.",
        building.london(2026, 10, 20).date(),
        made.text,
    )
    assert "Accepted." in page_of(made)
    assert ("Answer of Full council", "Accepted.") in {(event.kind, event.summary) for event in timeline(action)}
    assert "Record the answer of" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert made.reference not in client.get(f"{register}?recommendation=open").content.decode()
    assert made.reference in client.get(f"{register}?recommendation=answered").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        ResolutionPage.objects.filter(pk=made.pk).update(answer_to_recommendation="No.")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_records_only_where_it_publishes(stage: Stage, role: Role) -> None:
    user = building.make_user(role.value, is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, stage.board))
    client = Client()
    client.force_login(user)
    for name in ("record_call_in", "record_answer", "end_resolution"):
        address = reverse(name, args=[stage.resolution.pk])
        assert (client.get(address).status_code == 200) is (role in MAY), name
        if role not in MAY:
            assert client.post(address, {"answer": "Yes.", "state": "called_in"}).status_code in {302, 403}


def test_what_ended_a_resolution_is_recorded_afterwards(stage: Stage) -> None:
    later = building.make_resolution(stage.confirming, stage.clerk)
    client = Client()
    client.force_login(stage.clerk)
    where = reverse("end_resolution", args=[stage.resolution.pk])
    assert where in client.get(reverse("wagtailadmin_pages:edit", args=[stage.resolution.pk])).content.decode()
    assert client.post(where, {"later": str(later.pk), "how": "superseded"}).status_code == 302
    assert fresh(stage.resolution).ended_by == later
    assert client.post(where, {"later": str(later.pk), "how": "rescinded"}).status_code == 302
    assert fresh(stage.resolution).standing == ResolutionStanding.SUPERSEDED
