"""Which papers a pack binds: the agenda's with the agenda, a supplement's with the supplement and with everything."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.models import ActionPartner, BoardPage, User
from minutes.enums import CallIn, PackKind
from minutes.models import AgendaItemPage, MeetingPage, Pack, Paper, ResolutionPage
from minutes.operations.adoption import link_action
from minutes.operations.pack_contents import gather_pack
from minutes.operations.paper_files import publish_anyway
from minutes.operations.supplements import publish_supplement
from minutes.packs.content import PackContent
from tests import building
from tests.minutes.packing_stage import make_meeting
from tests.minutes.paper_stage import Stage, set_stage

pytestmark = pytest.mark.django_db


def gathered(meeting: MeetingPage, kind: PackKind, **fields: object) -> PackContent:
    """What a pack that was asked for now would print."""
    return gather_pack(Pack(meeting=meeting, kind=kind, version=1, reference="R", **fields), timezone.now())


def late_paper(stage: Stage, title: str) -> Paper:
    """A checked paper that came after the agenda."""
    file = stage.checked(paper=stage.paper(title))
    if file.check_state == "findings":
        publish_anyway(file=file, by=stage.clerk, because="It is needed.")
    return Paper.objects.get(pk=file.paper_id)


def test_papers_are_bound_with_what_brought_them(board: BoardPage, clerk: User) -> None:
    stage = set_stage(board, clerk)
    file = stage.published()
    late = late_paper(stage, "Late figures")
    assert [paper.title for paper in gathered(stage.meeting, PackKind.CONSOLIDATED).items[0].papers] == [file.paper.title]
    brought = publish_supplement(meeting=stage.meeting, says="The figures are here.", papers=[late], by=clerk)
    for kind, titles in (
        (PackKind.AGENDA, ["Home care: a report"]),
        (PackKind.CONSOLIDATED, ["Home care: a report", "Late figures"]),
        (PackKind.SUPPLEMENT, ["Home care: a report", "Late figures"]),
    ):
        content = gathered(stage.meeting, kind, supplement=brought if kind == PackKind.SUPPLEMENT else None)
        assert [paper.title for paper in content.items[0].papers] == titles
    line = content.items[0].papers[0]
    assert (line.stored, line.sha256, line.pages) == (file.copy.name, file.copy_sha256, file.pages)
    assert [paper.came_with for paper in content.items[0].papers] == [0, 1]


def test_the_meetings_ahead_are_told(board: BoardPage, clerk: User) -> None:
    meeting = make_meeting(board, clerk)
    later = building.make_meeting(board, clerk, starts_at=meeting.starts_at + timedelta(weeks=8))
    building.make_meeting(board, clerk, starts_at=meeting.starts_at - timedelta(weeks=8))
    content = gathered(meeting, PackKind.AGENDA)
    assert [ahead.starts_at for ahead in content.next_meetings] == [later.starts_at]


def test_the_number_of_queries_does_not_grow_with_actions(board: BoardPage, clerk: User) -> None:
    meeting = make_meeting(board, clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            gathered(MeetingPage.objects.get(pk=meeting.pk), PackKind.AGENDA)
        return len(queries)

    def promise() -> None:
        action = building.make_action(board, clerk)
        ActionPartner.objects.create(action=action, organisation=partner)
        building.make_update(action, clerk)

    partner = building.make_organisation("Healthwatch Ashmere")
    promise()
    few = asked()
    for _number in range(3):
        promise()
    assert asked() == few
    assert AgendaItemPage.objects.child_of(meeting).count() == 2


def test_the_actions_report_names_partners_and_decisions_that_wait(board: BoardPage, clerk: User) -> None:
    meeting = make_meeting(board, clerk)
    resolution = building.make_resolution(building.make_item(meeting, clerk, "Fares"), clerk)
    lead, partner = building.make_organisation("Ashmere Buses"), building.make_organisation("Healthwatch Ashmere")
    led = building.make_action(board, clerk, lead_organisation=lead)
    alone = building.make_action(board, clerk)
    for action, organisation in ((led, lead), (led, partner), (alone, partner)):
        ActionPartner.objects.create(action=action, organisation=organisation)
    link_action(resolution=resolution, action=led, by=clerk)
    ResolutionPage.objects.filter(pk=resolution.pk).update(call_in=CallIn.CALLED_IN)
    for kind in (PackKind.AGENDA, PackKind.ACTIONS):
        first, second = gathered(meeting, kind).actions
        assert (first.partners, second.partners) == (("Healthwatch Ashmere",), ("Healthwatch Ashmere",))
        assert (first.effect_words, second.effect_words) == ("This decision is not in effect: called in.", "")
