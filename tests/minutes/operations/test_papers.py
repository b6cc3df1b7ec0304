"""Papers: listed, published with their agenda or a supplement, withdrawn, refused; each step stands in the ledger."""

from typing import Any

from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, Reference, User
from minutes.enums import MeetingStatus, PackState, PaperKind, PaperState
from minutes.models import AgendaItemPage, Pack, Paper, Supplement
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.papers import list_paper, mark_checked, order_papers, refuse_paper, withdraw_paper
from minutes.operations.supplements import publish_supplement
from tests import building
from tests.minutes.paper_stage import Stage, entries, set_stage, state_of
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db

UNTAGGED = samples.pdf(change=samples.untagged)


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    """A meeting with one item."""
    return set_stage(board, clerk)


def late_item(stage: Stage) -> AgendaItemPage:
    """A draft of an item, added after the agenda was published."""
    return building.make_item(stage.meeting, stage.clerk, title="An urgent item", publish=False)


def test_publishing_the_agenda_publishes_what_is_checked_with_references_in_order(stage: Stage) -> None:
    report, appendix, waiting = (
        stage.paper("Report"),
        stage.paper("Appendix", kind=PaperKind.APPENDIX, state="received"),
        stage.paper("Late"),
    )
    stage.checked(paper=report)
    mark_checked(paper=appendix, by=stage.clerk)
    stage.received(UNTAGGED, waiting)
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    rows = list(Paper.objects.order_by("pk").values_list("state", "reference", "slug"))
    assert rows == [
        (PaperState.PUBLISHED, "HWB/2026-10-08/I1/P1", "hwb-2026-10-08-i1-p1"),
        (PaperState.PUBLISHED, "HWB/2026-10-08/I1/P2", "hwb-2026-10-08-i1-p2"),
        (PaperState.RECEIVED, None, None),
    ]
    report.refresh_from_db()
    file = report.files.get()
    assert report.published_at == file.published_at is not None
    assert ("Paper published: Report (HWB/2026-10-08/I1/P1)", file.copy_sha256) in entries(stage.item)
    assert Reference.objects.get(slug="hwb-2026-10-08-i1-p1").page_id == stage.item.pk


def test_publishing_again_gives_no_second_reference(stage: Stage) -> None:
    file = stage.published()
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    assert Paper.objects.get().reference == "HWB/2026-10-08/I1/P1"
    assert file.paper.published_at == Paper.objects.get().published_at


def test_a_paper_whose_file_is_not_ready_is_not_marked_as_checked(stage: Stage) -> None:
    file = stage.checked(UNTAGGED)
    with pytest.raises(Refused, match="cannot be published yet"):
        mark_checked(paper=file.paper, by=stage.clerk)
    with pytest.raises(Refused, match="has no file"):
        mark_checked(paper=stage.paper("Title only"), by=None)


def test_a_state_that_slipped_in_publishes_no_unchecked_file(stage: Stage) -> None:
    file = stage.checked(UNTAGGED)
    Paper.objects.filter(pk=file.paper_id).update(state=PaperState.CHECKED)
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    assert state_of(file.paper) == PaperState.CHECKED


def test_listing_is_refused_where_it_makes_no_sense(stage: Stage, board: BoardPage) -> None:
    other = building.make_item(building.make_meeting(board, stage.clerk, building.london(2026, 12, 10, 14)), stage.clerk)
    elsewhere = list_paper(item=other, title="Other", kind=PaperKind.REPORT, by=stage.clerk)
    for fields, words in (
        ({"state": PaperState.PUBLISHED}, "not by being listed"),
        ({"belongs_to": elsewhere}, "another item"),
        ({"replaces": elsewhere}, "another item"),
        ({"replaces": stage.paper()}, "Only a published paper"),
    ):
        with pytest.raises(Refused, match=words):
            stage.paper(**fields)


def test_withdrawing_needs_a_reason_and_leaves_the_reference(stage: Stage) -> None:
    paper = stage.published().paper
    with pytest.raises(Refused, match="reason"):
        withdraw_paper(paper=paper, by=stage.clerk, reason="  ")
    withdrawn = withdraw_paper(paper=paper, by=stage.clerk, reason="It named a person.")
    assert (withdrawn.state, withdrawn.withdrawn_because) == (PaperState.WITHDRAWN, "It named a person.")
    assert withdrawn.withdrawn_at is not None and withdrawn.slug
    assert entries(stage.item)[-1] == (
        f"Paper withdrawn: {paper} (HWB/2026-10-08/I1/P1). It named a person.",
        paper.files.get().copy_sha256,
    )
    with pytest.raises(Refused, match="cannot become"):
        withdraw_paper(paper=paper, by=stage.clerk, reason="Again.")
    assert not Paper.objects.public().exists()


def test_the_packs_that_hold_a_withdrawn_paper_go_with_it(stage: Stage) -> None:
    paper = stage.published().paper
    pack = Pack.objects.create(
        meeting=stage.meeting,
        version=1,
        reference="HWB/2026-10-08/AGENDA/v1",
        slug="hwb-2026-10-08-agenda-v1",
        state=PackState.ISSUED,
        file="packs/1.pdf",
        sha512="0" * 128,
        layout=[{"key": f"paper-{paper.pk}"}],
        asked_at=timezone.now(),
        issued_at=timezone.now(),
    )
    withdraw_paper(paper=paper, by=stage.clerk, reason="It named a person.")
    pack.refresh_from_db()
    assert pack.state == PackState.WITHDRAWN and "It named a person." in pack.withdrawn_because
    assert Pack.objects.get(version=2).state == PackState.QUEUED


def test_refusing_needs_a_reason_and_takes_a_better_file(stage: Stage) -> None:
    file = stage.checked(UNTAGGED)
    with pytest.raises(Refused, match="reason"):
        refuse_paper(paper=file.paper, by=stage.clerk, reason="")
    refused = refuse_paper(paper=file.paper, by=stage.clerk, reason="Not the agreed text.")
    assert (refused.state, refused.refused_because) == (PaperState.REFUSED, "Not the agreed text.")
    stage.checked(paper=refused)
    assert state_of(refused) == PaperState.CHECKED
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    with pytest.raises(Refused, match="cannot become"):
        refuse_paper(paper=refused, by=stage.clerk, reason="Too late.")


def test_papers_are_put_in_order_whole_or_not_at_all(stage: Stage) -> None:
    first, second = stage.paper("First"), stage.paper("Second")
    order_papers(item=stage.item, order=[second.pk, first.pk], by=stage.clerk)
    assert [paper.title for paper in stage.item.papers.all()] == ["Second", "First"]
    for order in ([first.pk], [first.pk, first.pk], [first.pk, second.pk, 0]):
        with pytest.raises(Refused, match="changed meanwhile"):
            order_papers(item=stage.item, order=order, by=stage.clerk)


def test_a_supplement_brings_late_papers_and_items_with_its_number(stage: Stage) -> None:
    stage.published()
    late = stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (Late) Tj ET"), stage.paper("Late report")).paper
    item = late_item(stage)
    with_item = list_paper(item=item, title="Urgent", kind=PaperKind.REPORT, by=stage.clerk, state=PaperState.CHECKED)
    made = publish_supplement(
        meeting=stage.meeting,
        says="A late report.",
        late_because="The survey closed late.",
        papers=[late],
        items=[item],
        by=stage.clerk,
    )
    assert (made.number, made.published_by, made.published_at is not None) == (1, stage.clerk, True)
    assert {paper.title for paper in made.papers.all()} == {"Late report", "Urgent"}
    item = AgendaItemPage.objects.get(pk=item.pk)
    assert item.live and item.supplement == made
    with_item.refresh_from_db()
    assert with_item.reference == f"{item.reference}/P1"
    assert list(Supplement.objects.public()) == [made]
    issued = stage.meeting.ledger_entries.filter(event="issued").get()
    assert issued.note == "Supplement 1 published: A late report."
    second = publish_supplement(meeting=stage.meeting, says="One more.", items=[late_item(stage)], by=stage.clerk)
    assert second.number == 2


def test_a_supplement_is_published_whole_or_not_at_all(stage: Stage) -> None:
    stage.published()
    ready = stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (Late) Tj ET"), stage.paper("Ready")).paper
    blocked = stage.checked(UNTAGGED, stage.paper("Not ready")).paper
    item = late_item(stage)
    with pytest.raises(Refused, match="Not ready to be published: “Not ready”"):
        publish_supplement(meeting=stage.meeting, says="Two reports.", papers=[ready, blocked], items=[item], by=stage.clerk)
    assert state_of(ready) == PaperState.CHECKED
    assert not AgendaItemPage.objects.get(pk=item.pk).live
    assert not Supplement.objects.exists()


def test_a_supplement_is_refused_where_it_makes_no_sense(stage: Stage, board: BoardPage) -> None:
    paper = stage.checked().paper

    def refused(words: str, **changes: Any) -> None:
        wanted: dict[str, Any] = {"meeting": stage.meeting, "says": "A late report.", "papers": [paper], "by": stage.clerk}
        with pytest.raises(Refused, match=words):
            publish_supplement(**{**wanted, **changes})

    refused("not public yet")
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    stage.refresh()
    refused("nothing in this supplement", papers=[])
    refused("one sentence", says=" ")
    refused("Not ready", papers=[paper])  # it came with the agenda
    refused("public already", papers=[], items=[stage.item])
    other = building.make_meeting(board, stage.clerk, building.london(2026, 12, 10, 14))
    foreign = building.make_item(other, stage.clerk, publish=False)
    refused("not an item of this meeting", papers=[], items=[foreign])
    refused("not an item of this meeting", papers=[list_paper(item=foreign, title="x", kind="report", by=stage.clerk)])
    set_status(meeting=stage.meeting, status=MeetingStatus.CANCELLED, by=stage.clerk, reason="No room.")
    refused("Cancelled")


def test_a_paper_that_replaces_another_supersedes_it(stage: Stage) -> None:
    former = stage.published().paper
    new = stage.paper("Home care: second edition", replaces=former)
    stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (Second) Tj ET"), new)
    assert state_of(former) == PaperState.PUBLISHED
    publish_supplement(meeting=stage.meeting, says="A second edition.", papers=[new], by=stage.clerk)
    assert (state_of(former), state_of(new)) == (PaperState.SUPERSEDED, PaperState.PUBLISHED)
    assert Paper.objects.public().get() == new
