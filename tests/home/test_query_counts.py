"""A page asks the database as often for a few records as for many."""

import time
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance import page_cache, standing_facts
from governance.models import (
    ActionPartner,
    Alternative,
    BoardPage,
    CaseStudyIndexPage,
    CaseStudyPage,
    Commitment,
    Evidence,
    FreeDay,
    Involvement,
    Membership,
    Milestone,
    PartnerRequest,
    PeopleGroup,
    Person,
    Point,
    Service,
    Standard,
    SuitabilityReview,
    WorkshopAction,
    WorkshopGroup,
    WorkshopPage,
    WorkstreamPage,
)
from governance.operations.comments import decline_comment, receive_comment
from governance.operations.publishing import add_record
from home.models import ContentPage
from minutes.enums import PaperState
from minutes.models import (
    Attendance,
    DeclaredInterest,
    Dispatch,
    FormerDate,
    ItemPresenter,
    NamedVote,
    Pack,
    Paper,
    PaperFile,
    ProgrammeEntry,
    PublicQuestion,
    Supplement,
)
from minutes.operations.adoption import link_action
from tests import building
from tests.building import london
from tests.small_site import SmallSite

FEW, MANY = 5, 30
MOST = 12
"""What no public page exceeds, though every list of the site holds something."""
OTHERS = {
    "members area": "/members/",
    "progress as CSV": "/progress/?format=csv",
    "progress as JSON": "/progress/?format=json&status=under_way",
}


@pytest.fixture(autouse=True)
def _as_outside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds for a public generation is remembered, as it is for readers, and no minute ends."""
    now = time.time()
    monkeypatch.setattr(standing_facts.time, "time", lambda: now)
    for module in (page_cache, standing_facts):
        monkeypatch.setattr(module, "within_a_transaction", lambda: False)


def test_no_page_asks_more_often_for_many_records(small_site: SmallSite, client: Client) -> None:
    person = Person.objects.first()
    small_site.clerk.person = person
    small_site.clerk.save()
    client.force_login(small_site.clerk)
    _grow(small_site, 0, FEW)
    few = _queries(small_site, client)
    _grow(small_site, FEW, MANY)
    many = _queries(small_site, client)
    assert many == few
    assert {name: number for name, number in many.items() if number > MOST} == {}


def _queries(site: SmallSite, client: Client) -> dict[str, int]:
    counts = {}
    standing_facts.forget()
    for name, address in {**site.addresses(), **OTHERS}.items():
        # What everybody reads is read by nobody in particular.
        reader = client if name == "members area" else Client()
        cache.clear()
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            # Data that is streamed is asked for while it is read.
            b"".join(reader.get(address))
        counts[name] = len(asked)
    return counts


def _grow(site: SmallSite, first: int, last: int) -> None:
    """Records on every list of the site, numbered from one to another."""
    stream = WorkstreamPage.objects.first()
    for number in range(first, last):
        _grow_governance(site, stream, number)
        _grow_minutes(site, number)
    site.action.save()
    site.minute.save()
    site.item.save()


def _grow_governance(site: SmallSite, stream: Any, number: int) -> None:
    by, organisation = site.clerk, building.make_organisation(f"Partner {number}")
    commitment = Commitment.objects.create(text=f"We will {number}.", workstream=stream, source_title="The strategy")
    action = building.make_action(
        site.board, by, f"Home care {number}", workstream=stream, commitment=commitment, lead_organisation=organisation
    )
    building.make_update(action, by, date(2026, 11, 3), title=f"Home care news {number}")
    link_action(resolution=site.resolution, action=action, by=by)
    building.make_update(site.action, by, date(2026, 11, 4), title=f"More home care news {number}")
    workshop = WorkshopPage(title=f"Workshop {number}", slug=f"w-{number}", starts_at=london(2026, 11, 5, 10))
    add_record(parent=site.action, page=workshop, by=by, publish=True)
    study = CaseStudyPage(title=f"Study {number}", slug=f"study-{number}", organisation=organisation)
    add_record(parent=CaseStudyIndexPage.objects.get(), page=study, by=by, publish=True)
    about = ContentPage.objects.get(slug="accessibility")
    about.add_child(instance=ContentPage(title=f"More {number}", slug=f"more-{number}"))
    person = Person.objects.create(name=f"Member {number}", organisation=organisation)
    Membership.objects.create(person=person, board=site.board, from_date=date(2026, 5, 1), organisation=organisation)
    group = PeopleGroup.objects.create(name=f"Group {number}")
    site.action.involvements.add(Involvement(group=group, stage="plan", number=number))
    site.action.partners.add(ActionPartner(organisation=organisation))
    site.action.milestones.add(Milestone(name=f"Step {number}"))
    site.action.evidence.add(Evidence(title=f"Note {number}"))
    PartnerRequest.objects.create(action=site.action, organisation=organisation, asked_on=date(2026, 11, 1))
    _grow_voices(site, organisation, action, group)
    for page in (site.action, site.item):
        Point.objects.create(about=page, text="Said", source="comment", raised_on=date(2026, 11, 1), published=True)


def _grow_voices(site: SmallSite, organisation: Any, action: Any, group: Any) -> None:
    by, name = site.clerk, organisation.name
    workshop, first = WorkshopPage.objects.order_by("pk")[0], PeopleGroup.objects.order_by("pk")[0]
    WorkshopGroup.objects.create(workshop=workshop, group=group, came=3)
    WorkshopAction.objects.create(workshop=workshop, action=action)
    WorkshopAction.objects.create(workshop=WorkshopPage.objects.order_by("-pk")[0], action=site.action)
    WorkshopGroup.objects.create(workshop=WorkshopPage.objects.order_by("-pk")[0], group=first)
    Involvement.objects.create(action=action, group=first, stage="plan")
    site.action.alternatives.add(Alternative(title=name, address="https://example.org/"))
    Commitment.objects.create(text=f"{name} will tell you.", organisation=organisation, source_title="Statement")
    service = Service.objects.create(name=f"Service of {name}", organisation=organisation)
    for year in (2025, 2026):
        SuitabilityReview.objects.create(
            service=service, year=year, verdict="suitable", reviewed_on=date(year, 3, 1), action=action
        )
    standard = Standard.objects.create(
        title=f"Standard of {name}", text="<p>Well.</p>", service=service, action=site.action, published=True
    )
    standard.groups.add(group, first)
    Standard.objects.public().order_by("pk")[0].groups.add(group)
    decline_comment(comment=receive_comment(action=site.action, text="Said"), reason="Abuse.", by=by)
    left = Person.objects.create(name=f"Former {name}", organisation=organisation)
    dates = {"from_date": date(2020, 5, 1), "to_date": date(2024, 5, 1)}
    Membership.objects.create(person=left, board=site.board, organisation=organisation, **dates)
    Point.objects.create(about=workshop, text="Said", source="workshop", raised_on=date(2026, 11, 1), published=True)


def _grow_packs(site: SmallSite, item: Any, number: int) -> None:
    """A version, a supplement with its pack, and the pack of an item, of the meeting that was held and of the one ahead."""
    issued = {"asked_at": timezone.now(), "issued_at": timezone.now(), "sha512": f"{number:0128x}", "file": "packs/x.pdf"}
    for meeting, name in ((site.held, "held"), (site.ahead, "ahead")):
        late = Supplement.objects.create(meeting=meeting, number=number + 1, says="Late.", published_at=timezone.now())
        for kind, version, state, of in (
            ("agenda", number + 10, "superseded", {}),
            ("supplement", 1, "issued", {"supplement": late}),
            ("item", number + 10, "superseded", {"item": site.item}),
        ):
            slug = f"grown-{name}-{kind}-{number}"
            row = {"kind": kind, "version": version, "state": state, "reference": slug.upper(), "slug": slug}
            pack = Pack.objects.create(meeting=meeting, **row, **of, **issued)
            Dispatch.objects.create(pack=pack, person=Person.objects.first(), name="x", role="member", made_at=timezone.now())


def _grow_plans(site: SmallSite, number: int) -> None:
    """Former dates of both meetings, days that do not count, and what is coming."""
    for meeting in (site.held, site.ahead):
        FormerDate.objects.create(meeting=meeting, starts_at=london(2026, 1, 1, 10), moved_at=timezone.now(), reason="Snow.")
    FreeDay.objects.create(day=date(2026, 1, 1) + timedelta(days=number), name="Mourning")
    BoardPage.objects.filter(pk=site.board.pk).update(publishes_programme=True)
    from_ = {"meeting": site.ahead, "comes_back_from": site.held, "because_of": site.resolution if number % 2 else None}
    ProgrammeEntry.objects.create(board=site.board, title=f"Business {number}", is_public=True, **from_)


def _grow_minutes(site: SmallSite, number: int) -> None:
    by = site.clerk
    building.make_meeting(site.board, by, london(2027, 1, 1 + number % 28, 9 + number // 28))
    building.make_meeting(site.board, by, london(2026, 1, 1 + number % 28, 9 + number // 28))
    item = building.make_item(site.ahead, by, f"Home care {number}")
    _grow_packs(site, item, number)
    _grow_plans(site, number)
    ItemPresenter.objects.create(item=item, name="Sue Wilson")
    _paper(item, f"item-{item.pk}")
    site.item.presenters.add(ItemPresenter(name=f"Presenter {number}"))
    _paper(site.item, f"more-{number}")
    resolution = building.make_resolution(site.item, by, number=10 + number, label=f"({10 + number})")
    link_action(resolution=resolution, action=site.action, by=by)
    site.minute.interests.add(DeclaredInterest(name=f"Member {number}", category="Other", what_they_did="stayed"))
    site.minute.votes.add(NamedVote(name=f"Member {number}", cast="for"))
    Attendance.objects.create(meeting=site.held, name=f"Member {number}")
    PublicQuestion.objects.create(
        meeting=site.held,
        asked_by="A resident",
        text="When?",
        # One of them stands among the latest points, so that every page of the list holds both.
        received_on=date(2026, 10, 1) if number else date(2026, 11, 2),
        state="answered",
        answer="Soon.",
    )


def _paper(item: Any, slug: str) -> None:
    """A public paper with a file that holds words which are searched for."""
    paper = Paper.objects.create(item=item, title=f"Report {slug}", slug=slug, state=PaperState.PUBLISHED)
    file = {"copy": f"papers/copies/{slug}.pdf", "pages": 1, "bytes": 1, "text": "Wombats and home care"}
    PaperFile.objects.create(paper=paper, original="x", uploaded_at=timezone.now(), **file)
