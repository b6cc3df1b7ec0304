"""Packs and their papers: a supplement brings its own packs, and a withdrawn paper takes the packs along that hold it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from minutes.enums import PackAudience, PackKind, PackState
from minutes.models import MeetingPage, Pack, Paper
from minutes.operations import pack_building, packing
from minutes.operations.meetings import publish_agenda
from minutes.operations.pack_series import base_of
from minutes.operations.paper_files import publish_replacement
from minutes.operations.papers import withdraw_paper
from minutes.operations.supplements import publish_supplement
from tests.minutes.packing_stage import issued
from tests.minutes.paper_stage import Stage, set_stage
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A meeting to come; its packs are not rendered, and list what their content brings."""

    def build(content: Any, *, target: Any, **given: Any) -> Any:
        target.write_bytes(content.reference.encode())
        lines = [paper for item in content.items for paper in item.papers]
        rows = [{"key": line.key, "title": line.title, "digest": line.sha256, "labels": ["7"]} for line in lines]
        return SimpleNamespace(file=target, pages=1, layout=rows, contents={}, seconds={})

    monkeypatch.setattr(pack_building, "build", build)
    stage = set_stage(board, clerk)
    MeetingPage.objects.filter(pk=stage.meeting.pk).update(starts_at=timezone.now() + timedelta(days=30))
    stage.refresh()
    return stage


def test_a_supplement_asks_for_its_pack_and_the_pack_with_everything(stage: Stage) -> None:
    stage.published()
    agenda = issued(stage.meeting, stage.clerk)
    late = stage.checked(paper=stage.paper("The budget"))
    publish_supplement(meeting=stage.meeting, says="The budget report.", papers=[late.paper], by=stage.clerk)
    waiting = list(Pack.objects.filter(state=PackState.QUEUED).order_by("pk"))
    assert [pack.kind for pack in waiting] == [PackKind.SUPPLEMENT, PackKind.CONSOLIDATED]
    assert [base_of(pack) for pack in waiting] == [agenda, agenda]
    built = [packing.build_pack(pack=pack.pk) for pack in waiting]
    assert [pack.state for pack in built if pack] == [PackState.ISSUED] * 2
    assert [row["title"] for row in Pack.objects.get(kind=PackKind.CONSOLIDATED).layout] == [
        "Home care: a report",
        "The budget",
    ]
    assert Pack.objects.get(kind=PackKind.CONSOLIDATED).says == "New: “The budget”."
    # The agenda pack stays what it was: the same content makes no new version.
    again = packing.build_pack(pack=packing.ask_for_pack(meeting=stage.meeting, by=stage.clerk).pk)
    assert again is not None and again.state == PackState.CANCELLED


def test_a_withdrawn_paper_takes_every_pack_along_that_holds_it(stage: Stage) -> None:
    bad = stage.published()
    before = issued(stage.meeting, stage.clerk)
    gone = withdraw_paper(paper=Paper.objects.get(pk=bad.paper_id), by=stage.clerk, reason="It named a person.")
    before.refresh_from_db()
    assert before.state == PackState.WITHDRAWN
    assert before.withdrawn_because == f"It holds “{gone}”, which was withdrawn: It named a person."
    (waiting,) = Pack.objects.filter(state=PackState.QUEUED)
    assert waiting.version == 2 and base_of(waiting) == before
    after = packing.build_pack(pack=waiting.pk)
    assert after is not None
    assert (after.state, after.layout, after.says) == (PackState.ISSUED, [], "Taken out: “Home care: a report”.")


def test_a_pack_without_the_paper_stays(stage: Stage) -> None:
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    stage.refresh()
    agenda = issued(stage.meeting, stage.clerk)
    late = stage.checked(paper=stage.paper("The budget"))
    publish_supplement(meeting=stage.meeting, says="The budget report.", papers=[late.paper], by=stage.clerk)
    for pack in Pack.objects.filter(state=PackState.QUEUED).order_by("pk"):
        packing.build_pack(pack=pack.pk)
    withdraw_paper(paper=Paper.objects.get(pk=late.paper_id), by=stage.clerk, reason="It named a person.")
    states = {(pack.kind, pack.version): pack.state for pack in Pack.objects.all()}
    assert states == {
        (PackKind.AGENDA, agenda.version): PackState.ISSUED,
        (PackKind.SUPPLEMENT, 1): PackState.WITHDRAWN,
        (PackKind.CONSOLIDATED, 1): PackState.WITHDRAWN,
        (PackKind.CONSOLIDATED, 2): PackState.QUEUED,
    }


def test_a_paper_withdrawn_while_its_pack_is_built_is_not_issued(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = stage.published()
    built = pack_building.build
    rounds = []

    def withdraw_meanwhile(content: Any, **given: Any) -> Any:
        rounds.append([paper.title for item in content.items for paper in item.papers])
        if len(rounds) == 1:
            withdraw_paper(paper=Paper.objects.get(pk=bad.paper_id), by=stage.clerk, reason="It named a person.")
        return built(content, **given)

    monkeypatch.setattr(pack_building, "build", withdraw_meanwhile)
    pack = issued(stage.meeting, stage.clerk)
    assert rounds == [["Home care: a report"], []]
    assert pack.layout == []


def test_a_replaced_file_asks_anew_for_every_pack_that_holds_the_paper(stage: Stage) -> None:
    paper = stage.published().paper
    issued(stage.meeting, stage.clerk)
    issued(stage.meeting, stage.clerk, audience=PackAudience.MEMBERS)
    late = stage.checked(paper=stage.paper("The budget"))
    publish_supplement(meeting=stage.meeting, says="The budget report.", papers=[late.paper], by=stage.clerk)
    for pack in Pack.objects.filter(state=PackState.QUEUED).order_by("pk"):
        packing.build_pack(pack=pack.pk)
    replaced(stage, late.paper)
    waiting = Pack.objects.filter(state=PackState.QUEUED).order_by("pk")
    # The stand-in for printing lists all papers of the content in a supplement too; what matters is that each pack asks for itself.
    assert [(pack.kind, pack.supplement_number, pack.version) for pack in waiting] == [
        (PackKind.SUPPLEMENT, 1, 2),
        (PackKind.CONSOLIDATED, 0, 2),
    ]
    replaced(stage, paper)
    assert {(pack.kind, pack.audience) for pack in waiting.all()} == {
        (PackKind.AGENDA, PackAudience.PUBLIC),
        (PackKind.AGENDA, PackAudience.MEMBERS),
        (PackKind.SUPPLEMENT, PackAudience.PUBLIC),
        (PackKind.CONSOLIDATED, PackAudience.PUBLIC),
    }


def test_once_the_meeting_has_begun_its_packs_stay_what_the_board_had(stage: Stage) -> None:
    paper = stage.published().paper
    issued(stage.meeting, stage.clerk)
    MeetingPage.objects.filter(pk=stage.meeting.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    replaced(stage, paper)
    assert not Pack.objects.filter(state=PackState.QUEUED).exists()


def replaced(stage: Stage, paper: Paper) -> None:
    """Its file is replaced by a newer one."""
    stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (Corrected) Tj ET"), paper=Paper.objects.get(pk=paper.pk))
    publish_replacement(paper=paper, by=stage.clerk, says="A figure was wrong.")
