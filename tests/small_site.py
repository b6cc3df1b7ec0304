"""A small site with one record of every kind, made through the operations that people use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from governance.enums import ActionKind, ActionOrigin, ActionStatus, Confidence, Role
from governance.models import (
    ActionPage,
    ActionPartner,
    Alternative,
    BoardPage,
    CaseStudyIndexPage,
    CaseStudyPage,
    Commitment,
    CoproductionPrinciple,
    Evidence,
    Involvement,
    Membership,
    Milestone,
    MilestoneDone,
    PartnerRequest,
    PeopleGroup,
    Person,
    Point,
    PrincipleAnswer,
    ProgressIndexPage,
    ProgressUpdatePage,
    QuorumGroup,
    Service,
    Standard,
    StrategyPage,
    User,
    WorkshopAction,
    WorkshopGroup,
    WorkshopPage,
    WorkstreamPage,
)
from governance.numbering import reference_slug
from governance.operations.comments import decline_comment, publish_comment, receive_comment
from governance.operations.publishing import add_record, publish_record, withdraw_record
from governance.operations.roles import give_role
from governance.operations.services import review_service
from governance.operations.standards import record_standard
from home.blocks import usual_purposes
from home.models import AccessibilityStatementPage, ContentPage, HomePage, HowOften, PrivacyNoticePage, Subscription
from home.operations.subscribing import ask_for_alerts, confirm, digest, stop, stop_token
from home.scopes import ALL, scope_about
from minutes.enums import (
    DecisionManner,
    ItemOutcome,
    MeetingStatus,
    MotionOutcome,
    PackEdition,
    PackKind,
    PackState,
    PaperKind,
    PaperState,
    Presence,
    QuestionState,
    Verb,
)
from minutes.models import (
    AgendaItemPage,
    Amendment,
    Attendance,
    DeclaredInterest,
    ItemPresenter,
    MeetingPage,
    MinutePage,
    NamedVote,
    Pack,
    Paper,
    PaperFile,
    PublicQuestion,
    ResolutionPage,
)
from minutes.operations.adoption import link_action, say_no_action_needed
from minutes.operations.corrections import record_correction
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import confirm_minutes
from minutes.operations.papers import list_paper, publish_papers, withdraw_paper
from minutes.pack_policies import pack_reference
from tests import building
from tests.building import london

DRAFT = "Quisquilian"
"""A word that stands only in what is not public."""
SECRET = "of-a-confirmation"


@dataclass
class SmallSite:
    """What stands on the site, for tests to visit."""

    clerk: User
    board: BoardPage
    held: MeetingPage
    ahead: MeetingPage
    item: AgendaItemPage
    minute: MinutePage
    resolution: ResolutionPage
    action: ActionPage
    update: ProgressUpdatePage
    withdrawn: ProgressUpdatePage

    def addresses(self) -> dict[str, str]:
        """Where one page of every kind lives, by the name of its kind."""
        found: dict[str, str] = {}
        for page in Page.objects.live().filter(depth__gt=1).specific().order_by("path"):
            found.setdefault(type(page).__name__, page.get_url())
        held_minute, paused = self.minute, ActionPage.objects.filter(status=ActionStatus.PAUSED).first()
        return {
            **found,
            "meeting held": self.held.get_url(),
            "meeting ahead": self.ahead.get_url(),
            "action with everything": self.action.get_url(),
            "action paused": paused.get_url() if paused else "/",
            "confirmed minute": held_minute.get_url(),
            "progress filtered": "/progress/?status=under_way&late=date&board=HWB",
            "points": "/points/",
            "points waiting": "/points/?answer=waiting&board=HWB",
            "points without any": "/points/?answer=cannot&board=HWB&source=minuted",
            "services": "/services/",
            "services not suitable": "/services/?judgement=not_suitable",
            "commitments": "/commitments/",
            "commitments without action": "/commitments/?carried=no",
            "groups": "/groups/",
            "group": f"/groups/{PeopleGroup.objects.order_by('pk')[0].pk}/",
            "standard": f"/standards/{Standard.objects.public().order_by('pk')[0].pk}/",
            "words": "/words/",
            "say": "/have-a-say/hwb-a1/",
            "said": "/have-a-say/hwb-a1/thanks/",
            "definition": f"{self.board.get_url()}co-production/",
            "search": "/search/",
            "search results": "/search/?q=home+care",
            "search without results": "/search/?q=zzzz",
            "members log-in": "/members/log-in/",
            "nothing": "/no-such-page/",
            "withdrawn": self.withdrawn.get_url(),
            "paper withdrawn": "/papers/hwb-2026-10-08-i1-p3/",
            "search in papers": "/search/?q=wombats+care",
            "notice": f"{self.held.get_url()}notice/",
            "notice ahead": f"{self.ahead.get_url()}notice/",
            "month": f"/meetings/{self.ahead.day:%Y-%m}/",
            "month without meetings": "/meetings/1999-08/",
            "no pack": f"{self.ahead.get_url()}agenda-pack/",
            "no minutes pack": f"{self.ahead.get_url()}minutes-pack/",
            "no decision sheet": f"{self.ahead.get_url()}decisions/",
            "changes of a pack": f"{self.held.get_url()}changes/",
            "no changes of a pack": f"{self.ahead.get_url()}changes/",
            "pack withdrawn": f"/packs/{Pack.objects.get(state='withdrawn').slug}/",
            "check a file": "/check-a-file/",
            "alerts": "/alerts/hwb/",
            "alerts about everything": "/alerts/all-boards/",
            "alerts asked for": "/alerts/asked/",
            "alerts to confirm": f"/alerts/confirm/{SECRET}/",
            "alerts to end": f"/alerts/stop/{stop_token(Subscription.objects.get(page=None))}/",
            "alerts ended": f"/alerts/stop/{stop_token(Subscription.objects.get(state='ended'))}/",
        }


def make_small_site() -> SmallSite:
    """Make the whole site."""
    clerk = building.make_user()
    board = _board(clerk)
    action = _action(board, clerk)
    held, item, minute, resolution = _meeting_held(board, action, clerk)
    ahead = _meeting_ahead(board, clerk)
    update = _news(action, clerk)
    withdrawn = building.make_update(action, clerk, date(2026, 11, 19), title="News that was withdrawn", corrects=update)
    withdraw_record(page=withdrawn, by=clerk, reason="It named a person who had not agreed to that.")
    _content(clerk)
    _voices(action, clerk)
    _drafts(board, ahead, action, clerk)
    _packs(held, item)
    for role in (Role.EDITOR, Role.APPROVER):
        give_role(user=building.make_user(role.value, is_superuser=False, is_staff=False), role=role, board=board)
    _readers(board)
    action.refresh_from_db()
    return SmallSite(clerk, board, held, ahead, item, minute, resolution, action, update, withdrawn)


def _readers(board: BoardPage) -> None:
    """Somebody who has not confirmed yet, somebody who gets alerts and somebody who ended them."""
    now = timezone.now()
    waiting = {"address": "waiting@example.org", "asked_at": now, "often": HowOften.DAILY}
    Subscription.objects.create(**waiting, page=board, confirm_digest=digest(SECRET))
    for number, page in enumerate((None, board)):
        ask_for_alerts(address=f"reader{number}@example.org", scope=scope_about(page) or ALL, often="daily", place="here")
        row = confirm(subscription=Subscription.objects.get(address=f"reader{number}@example.org"))
    stop(subscription=row)


def _board(clerk: User) -> BoardPage:
    council = building.make_organisation("Ashmere Council")
    building.make_organisation("Tŷ Dŵr Community Health", type_name="NHS body")
    board = building.make_board(
        clerk,
        organisation=council,
        purpose="<p>It brings the council, the NHS and people together to make Ashmere a healthier place.</p>",
        coproduction_definition="<p>We decide together with the people who use a service, from the first day.</p>",
        remote_counts=True,
        definition_source="Statement of the partnership, explained by its head of involvement",
        coproduction_further="<p><a href='https://example.org/more'>More on co-production</a></p>",
        contact="Democratic services, 01632 960 001, Monday to Friday 9am to 5pm",
    )
    QuorumGroup.objects.create(board=board, seat_group="councillor", needed=1)
    for number, (name, role) in enumerate([("Siân Ŵyn", "chair"), ("Priya Rao", "vice_chair"), ("Tom Ashby", "member")]):
        person = Person.objects.create(name=name, title="Councillor", organisation=council, role="Cabinet member")
        seat = {"votes": number < 2, "seat_group": "councillor"}
        Membership.objects.create(person=person, board=board, role=role, from_date=date(2026, 5, 20), **seat)
    former = Person.objects.create(name="Ada Former", title="Councillor", organisation=council)
    Membership.objects.create(person=former, board=board, from_date=date(2022, 5, 20), to_date=date(2026, 5, 19))
    return board


def _action(board: BoardPage, clerk: User) -> ActionPage:
    strategy = StrategyPage(
        title="Health and wellbeing strategy",
        slug="strategy",
        introduction="Ten years of better health, planned with the people of Ashmere.",
        board=board,
        starts_on=date(2024, 4, 1),
        ends_on=date(2034, 3, 31),
    )
    strategy = add_record(parent=HomePage.objects.get(), page=strategy, by=clerk, publish=True)
    stream = WorkstreamPage(
        title="Care at home",
        slug="care-at-home",
        introduction="Help to live at home for longer.",
        lead_organisation=building.make_organisation(),
        lead_role="Director of Adult Care",
    )
    stream = add_record(parent=strategy, page=stream, by=clerk, publish=True)
    commitment = Commitment.objects.create(
        text="We will plan home care with those who use it.",
        workstream=stream,
        made_on=date(2026, 6, 1),
        source_title="Health and wellbeing strategy",
        source_place="page 12",
        explanation="<p>From the first meeting, not at the end.</p>",
    )
    action = building.make_action(
        board,
        clerk,
        kind=ActionKind.COPRODUCTION,
        workstream=stream,
        origin=ActionOrigin.RESOLUTION,
        lead_organisation=building.make_organisation(),
        lead_role="Director of Adult Care",
        lead_set_by="the chair",
        lead_set_on=date(2026, 10, 9),
        first_due_on=date(2026, 12, 31),
        due_words="by the end of the year",
        contact="Adult Care, 01632 960 002",
        rung="codesign",
        rung_judged_by="the carers' group",
        publish=False,
    )
    _details(action)
    action = publish_record(page=action, by=clerk)
    other = building.make_action(board, clerk, "Publish waiting times", origin=ActionOrigin.COMMITMENT, commitment=commitment)
    building.make_update(
        other,
        clerk,
        date(2026, 9, 1),
        status=ActionStatus.PAUSED,
        reason="The new system is late.",
        what_changed="Work stopped.",
    )
    return action


def _details(action: ActionPage) -> None:
    other = building.make_organisation("Tŷ Dŵr Community Health")
    group = PeopleGroup.objects.create(name="Carers of Ashmere", remit="Meets monthly.")
    action.partners.add(ActionPartner(organisation=other, role="delivers"))
    action.milestones.add(
        Milestone(name="First workshop", due_on=date(2026, 11, 1), sort_order=0),
        Milestone(name="Draft plan", due_on=date(2027, 1, 31), sort_order=1),
    )
    action.involvements.add(
        Involvement(group=group, stage="design", number=12, offers_made="travel and carer support", offers_taken_up="7 people")
    )
    action.principle_answers.add(
        PrincipleAnswer(principle=CoproductionPrinciple.objects.get(name="Access"), answer="We meet at 11am.")
    )
    action.evidence.add(Evidence(title="Notes of the first workshop", address="https://example.org/notes"))
    action.save()
    PartnerRequest.objects.create(action=action, organisation=other, asked_on=date(2026, 10, 9), due_on=date(2026, 12, 5))
    Point.objects.create(
        about=action,
        text="Visits are too short.",
        raised_by="some carers",
        source="workshop",
        raised_on=date(2026, 10, 30),
        published=True,
    )
    Point.objects.create(about=action, text=f"{DRAFT} point", source="comment", raised_on=date(2026, 10, 30))


def _meeting_held(
    board: BoardPage, action: ActionPage, clerk: User
) -> tuple[MeetingPage, AgendaItemPage, MinutePage, ResolutionPage]:
    held = building.make_meeting(
        board,
        clerk,
        london(2026, 10, 8, 14),
        ends_at=london(2026, 10, 8, 16, 30),
        venue="Committee room 1, Town Hall",
        how_to_attend="<p>Come to the Town Hall, or <a href='https://example.org/watch'>watch online</a>.</p>",
    )
    item = building.make_item(
        held,
        clerk,
        body="<p>How care at home is planned.</p>",
        recommendations="<p>That the Board note the report.</p>",
        purpose="decision",
        report_author="Sue Wilson",
        publish=False,
    )
    item.presenters.add(ItemPresenter(name="Sue Wilson", role="Performance and Quality Manager"))
    item.save()
    item = publish_record(page=item, by=clerk)
    second = building.make_item(
        held, clerk, "Winter plan", purpose="information", is_urgent=True, urgency_reason="Snow is forecast."
    )
    held = publish_agenda(meeting=held, by=clerk)
    _papers(AgendaItemPage.objects.get(pk=item.pk), clerk)
    held = set_status(meeting=held, status=MeetingStatus.HELD, by=clerk)
    chair = Person.objects.get(name="Siân Ŵyn")
    Attendance.objects.create(meeting=held, name="Councillor Siân Ŵyn", person=chair, presided=True)
    for number in range(4):
        Attendance.objects.create(meeting=held, name=f"Member {number}")
    rao = Person.objects.get(name="Priya Rao")
    Attendance.objects.create(meeting=held, name="Councillor Rao", person=rao, remotely=True, left_item=second)
    Attendance.objects.create(meeting=held, name="Dr Lee", presence=Presence.REMOTE)
    Attendance.objects.create(meeting=held, name="Tom Ashby", presence=Presence.APOLOGIES)
    PublicQuestion.objects.create(
        meeting=held,
        asked_by="A resident",
        text="When will visits be longer?",
        received_on=date(2026, 10, 1),
        state=QuestionState.ANSWERED,
        answer="From January.",
        answered_on=date(2026, 10, 8),
    )
    Point.objects.create(
        about=item,
        text="Will this take the place of family visits?",
        raised_by="some members",
        source="minuted",
        raised_on=date(2026, 10, 8),
        answer_kind="done",
        answer="No.",
        answered_on=date(2026, 10, 20),
        published=True,
    )
    minute, resolution = _minutes(item, second, action, clerk)
    confirm_minutes(meeting=MeetingPage.objects.get(pk=held.pk), by=clerk)
    minute = MinutePage.objects.get(pk=minute.pk)
    record_correction(minute=minute, old_words="home care", new_words="care at home", reason="As agreed in December.", by=clerk)
    return held, item, minute, resolution


def _papers(item: AgendaItemPage, clerk: User) -> None:
    """A report with what belongs to it, one that a screen reader cannot read, and one that was withdrawn."""
    ready: dict[str, Any] = {"item": item, "state": PaperState.CHECKED, "by": clerk}
    report = list_paper(title="Home care: a report", kind=PaperKind.REPORT, **ready)
    list_paper(title="Survey of last year", kind=PaperKind.BACKGROUND, belongs_to=report, **ready)
    withdrawn = list_paper(title="Prices", kind=PaperKind.APPENDIX, belongs_to=report, **ready)
    publish_papers(papers=item.papers.all(), by=clerk, at=timezone.now())
    withdraw_paper(paper=withdrawn, by=clerk, reason="It named a provider.")
    PaperFile.objects.create(
        paper=report,
        original="papers/originals/sample.pdf",
        copy="papers/copies/sample.pdf",
        pages=12,
        bytes=345_678,
        version=2,
        says="A table was wrong.",
        text="Wombats do not need care.",
        uploaded_at=timezone.now(),
        published_at=timezone.now(),
    )


def _minutes(item: Any, second: Any, action: ActionPage, clerk: User) -> tuple[MinutePage, ResolutionPage]:
    minute = building.make_minute(
        item,
        clerk,
        presented_by="Sue Wilson, Performance and Quality Manager",
        outcome=ItemOutcome.DECIDED,
        mover="Councillor Rao",
        seconder="Dr Lee",
        manner=DecisionManner.NAMED,
        votes_for=5,
        votes_against=1,
        abstentions=0,
        publish=False,
    )
    for number in range(4):
        minute.votes.add(NamedVote(name=f"Member {number}", cast="for"))
    minute.votes.add(NamedVote(name="Councillor Rao", cast="for"))
    minute.votes.add(NamedVote(name="Councillor Siân Ŵyn", cast="against"))
    minute.amendments.add(Amendment(text="To add a second workshop.", mover="Dr Lee", outcome="carried"))
    minute.interests.add(
        DeclaredInterest(name="Dr Lee", category="Other interest", nature="Works there.", what_they_did="stayed")
    )
    minute.save()
    minute = publish_record(page=minute, by=clerk)
    first = building.make_resolution(item, clerk, stem="That the Board:", text="note the report.", verbs=[Verb.NOTE])
    say_no_action_needed(resolution=first, by=clerk, reason="It was for information.")
    resolution = building.make_resolution(item, clerk, number=2, verbs=[Verb.AGREE, Verb.REQUEST])
    link_action(resolution=resolution, action=action, by=clerk)
    building.make_resolution(item, clerk, number=3, text="That a workshop be held.", supersedes=first)
    building.make_resolution(item, clerk, number=4, text="That it be put off.", outcome=MotionOutcome.LOST)
    building.make_minute(second, clerk, text="<p>The Board heard the winter plan.</p>")
    return minute, resolution


def _meeting_ahead(board: BoardPage, clerk: User) -> MeetingPage:
    soon = timezone.now() + timedelta(days=30)
    ahead = building.make_meeting(board, clerk, soon.replace(minute=0, second=0, microsecond=0), venue="Town Hall")
    building.make_item(ahead, clerk, "Home care: what came of it")
    off = building.make_meeting(board, clerk, soon + timedelta(days=7))
    set_status(meeting=off, status=MeetingStatus.POSTPONED, by=clerk, reason="The room is being repaired.")
    return ahead


def _news(action: ActionPage, clerk: User) -> ProgressUpdatePage:
    building.make_update(
        action,
        clerk,
        date(2026, 10, 30),
        status=ActionStatus.UNDER_WAY,
        title="The first workshop",
        milestones_done=[MilestoneDone(milestone=action.milestones.get(name="First workshop"), done_on=date(2026, 10, 30))],
    )
    workshop = WorkshopPage(
        title="First workshop",
        slug="workshop-1",
        starts_at=london(2026, 10, 30, 11),
        venue="Library",
        came=12,
        what_came_out="<p>Longer visits matter most.</p>",
        access="Travel is paid.",
    )
    add_record(parent=action, page=workshop, by=clerk, publish=True)
    return building.make_update(
        action,
        clerk,
        date(2026, 11, 3),
        title="The plan takes longer",
        confidence=Confidence.AT_RISK,
        reason="More people came than we planned for.",
        recovery_step="A second workshop in January.",
        new_due_on=date(2027, 3, 31),
        date_reason="A second workshop is needed.",
        date_agreed_by="the chair",
        you_said="Visits are too short.",
        who_was_involved="Twelve carers and four care workers.",
        next_step="We write up the ideas.",
        next_news_on=date(2026, 12, 8),
    )


def _voices(action: ActionPage, clerk: User) -> None:
    """What people said and wrote, and what is kept in registers for them."""
    group = PeopleGroup.objects.get(name="Carers of Ashmere")
    council = building.make_organisation()
    workshop = WorkshopPage.objects.get()
    workshop.groups.add(WorkshopGroup(group=group, invited=20, came=12, offers_made="travel", offers_taken_up="7 people"))
    workshop.following.add(WorkshopAction(action=ActionPage.objects.get(title="Publish waiting times")))
    workshop.what_follows, workshop.who_follows_up = "A report.", "Head of involvement, Ashmere Council"
    workshop.follow_up_by = date(2026, 12, 1)
    publish_record(page=workshop, by=clerk)
    for page in (ActionPage.objects.get(pk=action.pk), MeetingPage.objects.get(slug="2026-10-08")):
        page.alternatives.add(
            Alternative(kind="easy_read", title="Easy read", address="https://example.org/easy"),
            Alternative(kind="language", language="cy", title="Yn Gymraeg", address="https://example.org/cy"),
        )
        publish_record(page=page, by=clerk)
    Commitment.objects.create(
        text="We will tell you how we get on.", organisation=council, source_title="Statement", news_by=date(2026, 11, 1)
    )
    service = Service.objects.create(name="Home care", organisation=council)
    review_service(service=service, verdict="later", reason="The contract runs on.", reviewed_on=date(2024, 3, 1), by=clerk)
    review_service(service=service, verdict="suitable", reviewed_on=date(2025, 3, 1), by=clerk, action=action)
    other = Service.objects.create(name="Safeguarding", organisation=council)
    review_service(service=other, verdict="not_suitable", reason="The law decides.", reviewed_on=date(2026, 3, 1), by=clerk)
    Service.objects.create(name="Libraries", organisation=council)
    first = record_standard(
        title="Good home care", text="<p>Somebody you know comes.</p>", groups=[group], agreed_on=date(2025, 6, 1), by=clerk
    )
    fields: dict[str, Any] = {"version": "2", "replaces": first, "service": service, "action": action, "organisation": council}
    text = "<p>Somebody you know comes, on time.</p>"
    record_standard(title="Good home care", text=text, groups=[group], agreed_on=date(2026, 6, 1), by=clerk, **fields)
    said = receive_comment(action=action, text="Could visits be earlier?", raised_by="uses_it")
    publish_comment(comment=said, kind="cannot", answer="Not this year: there is nobody to come before seven.", by=clerk)
    decline_comment(comment=receive_comment(action=action, text=f"{DRAFT} Smith"), reason="It names somebody.", by=clerk)
    receive_comment(action=action, text=f"{DRAFT} waits")


def _content(clerk: User) -> None:
    study = CaseStudyPage(
        title="Speaking up",
        slug="speaking-up",
        summary="People with learning disabilities led the work.",
        what_happened="<p>They asked the questions.</p>",
        source_title="Speak Up",
    )
    study = add_record(parent=CaseStudyIndexPage.objects.get(), page=study, by=clerk)
    study.principles.add(CoproductionPrinciple.objects.get(name="Equality"))
    study.save()
    publish_record(page=study, by=clerk)
    about = ContentPage(title="Accessibility", slug="accessibility")
    about.body = [("heading", "How far"), ("text", "<p>We want everyone to be able to use this site.</p>")]
    HomePage.objects.get().add_child(instance=about)
    about.save_revision().publish()
    _statements()


def _statements() -> None:
    """Each with every part filled."""
    day, home = date(2026, 11, 1), HomePage.objects.get()
    accessibility = AccessibilityStatementPage(title="Accessibility statement", slug="accessibility-statement")
    accessibility.organisation, accessibility.compliance, accessibility.answer_days = "Ashmere Council", "partial", 5
    for name in ("problems", "burden", "out_of_scope", "improving", "contact", "tested_how"):
        setattr(accessibility, name, f"<p>What there is to say of {name}.</p>")
    accessibility.tested_on = accessibility.prepared_on = accessibility.reviewed_on = day
    privacy = PrivacyNoticePage(title="Privacy notice", slug="privacy-notice", controller="Ashmere Council", reviewed_on=day)
    for name in ("controller_contact", "officer", "recipients", "abroad", "further"):
        setattr(privacy, name, f"<p>What there is to say of {name}.</p>")
    filled = {"basis": "task", "law": "Localism Act 2011", "kept_for": "A year."}
    privacy.purposes = [(kind, {**purpose, **filled}) for kind, purpose in usual_purposes()]
    for page in (accessibility, privacy):
        home.add_child(instance=page)
        page.save_revision().publish()
        assert page.missing_parts() == []


def _packs(held: MeetingPage, item: AgendaItemPage) -> None:
    """Three versions of a pack, the first of them withdrawn, and the pack of one item: rows alone, their files are not there."""
    first = {"key": "item-1", "title": "1. Home care", "digest": "a", "labels": ["3"]}
    changed = {"how": "changed", "key": "item-1", "title": "1. Home care", "words": "Changed", "page": "3", "was": "3"}
    of_item = {"kind": PackKind.ITEM, "item": item, "version": 1, "state": PackState.ISSUED}
    told = {"layout": [first], "changes": [changed], "says": "Changed: “1. Home care”."}
    rows: list[dict[str, Any]] = [
        {"version": 1, "state": PackState.WITHDRAWN, "withdrawn_because": "It named a person.", "withdrawn_at": timezone.now()},
        {"version": 2, "state": PackState.SUPERSEDED},
        {"version": 3, "state": PackState.ISSUED, **told},
        {"version": 1, "state": PackState.ISSUED, "edition": PackEdition.LARGE_PRINT},
        of_item,
    ]
    for row in rows:
        named = {name: row[name] for name in ("version", "edition") if name in row}
        of = item.reference if "item" in row else held.reference
        reference = pack_reference(of or "", kind=row.get("kind", PackKind.AGENDA), **named)
        slug = reference_slug(reference)
        file = {"file": f"packs/{slug}.pdf", "sha512": f"{len(reference):0128x}", "bytes": 240_000, "pages": 12}
        issued = {"asked_at": timezone.now(), "issued_at": timezone.now()}
        Pack.objects.create(meeting=held, reference=reference, slug=slug, **row, **file, **issued)


def _drafts(board: BoardPage, ahead: MeetingPage, action: ActionPage, clerk: User) -> None:
    """One of everything that is not public, each with the word that tells it."""
    item = AgendaItemPage.objects.child_of(ahead).get()
    building.make_minute(item, clerk, publish=False, text=f"<p>{DRAFT} minute</p>")
    building.make_resolution(item, clerk, publish=False, text=f"That {DRAFT} be agreed.")
    building.make_action(board, clerk, f"{DRAFT} action", publish=False)
    building.make_update(action, clerk, date(2026, 11, 20), publish=False, what_changed=f"{DRAFT} update")
    Paper.objects.create(item=item, title=f"{DRAFT} paper", state=PaperState.RECEIVED)
    Standard.objects.create(title=f"{DRAFT} standard", text=f"<p>{DRAFT}</p>")
    PublicQuestion.objects.create(meeting=ahead, asked_by=f"{DRAFT} person", text=f"{DRAFT}?", received_on=date(2026, 11, 1))
    Attendance.objects.create(meeting=ahead, name=f"{DRAFT} guest")
    building.make_meeting(board, clerk, london(2027, 2, 4, 14), title=f"{DRAFT} meeting", venue=DRAFT, publish=False)
    changed = ActionPage.objects.get(pk=action.pk)
    changed.promise = f"We will {DRAFT}."
    changed.save_revision(user=clerk)
    index = ProgressIndexPage.objects.get()
    index.introduction = f"<p>{DRAFT} introduction</p>"
    index.save_revision(user=clerk)
