"""Two real records in our own short words, element by element: each is recorded, and stands where a resident would look.

The first is a minute of a Health and Wellbeing Board of 2014 on co-production; the second a partnership's public statement of 2021.
"""

from datetime import date
from typing import Any

from django.test import Client

import pytest

from governance.enums import ActionKind, ActionOrigin
from governance.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Commitment,
    CoproductionPrinciple,
    Involvement,
    PeopleGroup,
    Service,
    StrategyPage,
    User,
    WorkshopGroup,
    WorkshopPage,
    WorkstreamPage,
)
from governance.operations.partners import ask_partners
from governance.operations.points import answer_point, record_point
from governance.operations.publishing import add_record, publish_record
from governance.operations.services import review_service
from governance.operations.standards import record_standard
from home.models import HomePage
from minutes.models import ItemPresenter
from minutes.operations.adoption import link_action, say_no_action_needed
from tests import building
from tests.building import london

pytestmark = pytest.mark.django_db
PROMISE = (
    "We will co-produce with Rotherham people the way services are delivered to communities facing challenging conditions."
)
SCIE = "Social Care Institute for Excellence, 2015"


def seen(client: Client, address: str, *words: str) -> None:
    """That a page answers and holds each of these words."""
    response = client.get(address)
    assert response.status_code == 200, address
    shown = response.content.decode().replace("&#x27;", "'")
    assert [missing for missing in words if missing not in shown] == [], address


@pytest.fixture
def minute(clerk: User) -> dict[str, Any]:
    """Everything the first one says."""
    council = building.make_organisation("Rotherham Council")
    board = building.make_board(
        clerk,
        organisation=council,
        coproduction_definition="<p>Public services delivered in a different way: equal relationships between professionals, "
        "customers and carers. It is more than consulting and user voice.</p>",
        definition_source="Consultation report to the Board, presented by the Performance and Quality Manager",
    )
    strategy = add_record(
        parent=HomePage.objects.get(),
        page=StrategyPage(title="Health and Wellbeing Strategy", board=board),
        by=clerk,
        publish=True,
    )
    stream = WorkstreamPage(
        title="Expectations and Aspirations", introduction="A priority of its action plan is the co-production of services."
    )
    stream = add_record(parent=strategy, page=stream, by=clerk, publish=True)
    promise = Commitment.objects.create(text=PROMISE, workstream=stream, source_title="Key action of the workstream")
    meeting = building.make_meeting(board, clerk, london(2014, 10, 1, 9))
    item = building.make_item(meeting, clerk, "Service co-production in Rotherham", publish=False)
    item.presenters.add(ItemPresenter(name="Sue Wilson", role="Performance and Quality Manager"))
    item = _republished(item, clerk)
    building.make_minute(item, clerk, text="<p>The member organisations fully endorsed the priority.</p>")
    clauses = [
        building.make_resolution(item, clerk, number=1, text="That the report and case studies be received and noted."),
        building.make_resolution(
            item, clerk, number=2, text="That partner organisations cascade the report within themselves."
        ),
        building.make_resolution(item, clerk, number=3, text="That a workshop be arranged on a two stage approach."),
    ]
    say_no_action_needed(resolution=clauses[0], by=clerk, reason="It was for information.")
    shared = {"workstream": stream, "commitment": promise, "kind": ActionKind.COPRODUCTION}
    cascade = building.make_action(board, clerk, "Pass it on and report back", **shared)
    plan = building.make_action(
        board, clerk, "Work out two stages", stages="<p>A two stage approach, which takes time.</p>", **shared
    )
    for clause, action in ((clauses[1], cascade), (clauses[2], plan)):
        link_action(resolution=clause, action=action, by=clerk)
    ask_partners(
        action=cascade,
        organisations=[building.make_organisation("Voluntary Action", type_name="Voluntary and community sector")],
        asked_on=date(2014, 10, 2),
        due_on=date(2014, 12, 5),
        report_to="Expectations and Aspirations",
        by=clerk,
    )
    workshop = WorkshopPage(
        title="Co-production workshop",
        starts_at=london(2015, 1, 20, 10),
        who_is_invited="The most appropriate people of each organisation",
        purpose="<p>Shared leadership and outcomes: what co-production here would look like.</p>",
        what_is_fixed="Budgets and demographic change.",
    )
    workshop = add_record(parent=plan, page=workshop, by=clerk, publish=True)
    _services(council, plan, clerk)
    for name in ("Lifeline", "Speak Up", "Rotherham Charter for Parent and Child Voice"):
        study = CaseStudyPage(title=name, summary="A good example of co-production already working here.")
        add_record(parent=CaseStudyIndexPage.objects.get(), page=study, by=clerk, publish=True)
    _concerns(item, clerk)
    return {
        "board": board,
        "stream": stream,
        "item": item,
        "clauses": clauses,
        "cascade": cascade,
        "plan": plan,
        "workshop": workshop,
    }


def _republished(item: Any, by: User) -> Any:
    item.save()
    return publish_record(page=item, by=by)


def _services(council: Any, plan: Any, by: User) -> None:
    for name, verdict, reason in (
        ("Home care", "suitable", "It adds value and fits together."),
        ("Child protection", "not_suitable", "It would never be suitable: the law decides."),
    ):
        service = Service.objects.create(name=name, organisation=council)
        action = plan if verdict == "suitable" else None
        review_service(service=service, verdict=verdict, reason=reason, reviewed_on=date(2014, 11, 3), action=action, by=by)


def _concerns(item: Any, by: User) -> None:
    for words in ("Could work be done twice?", "How does it sit with lobbying for equal access?", "What of case management?"):
        record_point(
            about=item,
            text=words,
            source="minuted",
            raised_by="some partners",
            raised_on=date(2014, 10, 1),
            by=by,
            publish=True,
        )
    benefit = record_point(
        about=item,
        text="What will people gain?",
        source="minuted",
        raised_by="some partners",
        raised_on=date(2014, 10, 1),
        by=by,
    )
    words = "Partners are asked only to look for what is right, adds value and fits, the voluntary sector included."
    answer_point(point=benefit, kind="will_do", answer=words, on=date(2014, 10, 1), by=by)


def test_the_minute_of_2014_has_a_place_for_everything(minute: dict[str, Any], client: Client) -> None:
    item, board = minute["item"].get_url(), minute["board"].get_url()
    concerns = ("Could work be done twice?", "lobbying for equal access?", "What of case management?", "What will people gain?")
    seen(client, minute["stream"].get_url(), "Expectations and Aspirations", "A priority of its action plan", PROMISE)
    seen(client, "/commitments/", PROMISE, "Pass it on and report back", "Work out two stages")
    seen(
        client,
        item,
        "Sue Wilson",
        "Performance and Quality Manager",
        "fully endorsed",
        *concerns,
        "the voluntary sector included",
    )
    seen(client, "/points/?board=HWB&source=minuted", *concerns, "Some partners", "waiting since 1 October 2014")
    seen(client, minute["clauses"][0].get_url(), "No action needed.")
    seen(client, minute["clauses"][1].get_url(), "Pass it on and report back")
    seen(client, minute["clauses"][2].get_url(), "Work out two stages")
    seen(client, minute["cascade"].get_url(), "Voluntary Action", "5 December 2014")
    seen(client, minute["plan"].get_url(), "A two stage approach, which takes time.", "Co-production workshop")
    fixed = ("Budgets and demographic change.", "The most appropriate people", "Shared leadership and outcomes")
    seen(client, minute["workshop"].get_url(), *fixed)
    seen(client, "/services/?judgement=not_suitable", "Child protection", "It would never be suitable: the law decides.")
    seen(client, "/services/?judgement=suitable", "Home care", "What followed:", "3 November 2015")
    seen(client, "/case-studies/", "Lifeline", "Speak Up", "Rotherham Charter for Parent and Child Voice")
    seen(client, board, "equal relationships")
    seen(
        client,
        f"{board}co-production/",
        "more than consulting",
        "presented by the Performance and Quality Manager",
        "Work out two stages",
    )


@pytest.fixture
def statement(clerk: User) -> dict[str, Any]:
    """Everything the second one says."""
    partnership = building.make_organisation("South Notts ICP", type_name="Partnership")
    city = building.make_organisation("Birmingham City Council")
    board = building.make_board(
        clerk,
        code="ICP",
        title="South Notts ICP",
        organisation=partnership,
        coproduction_definition="<p>Working together to shape and improve services by involving the people, and their carers, who "
        "need and use them. They are equal partners with influence over decisions.</p>",
        definition_source="Statement of 28 May 2021, in the words of the Group Manager, Living Well South, Nottinghamshire County Council",
        definition_source_address="https://example.org/statement",
        coproduction_further="<p><a href='https://example.org/council'>Co-production at the county council</a>, "
        "<a href='https://www.thinklocalactpersonal.org.uk/'>Think Local, Act Personal</a></p>",
    )
    source = {"organisation": partnership, "made_on": date(2021, 5, 28), "source_title": "Statement on co-production"}
    plans = Commitment.objects.create(
        text="Plans built on co-production with our communities.",
        explanation="<p>People with lived experience take part in planning and deciding, which leads to better services.</p>",
        explained_by="Group Manager, Living Well South, Nottinghamshire County Council",
        **source,
    )
    Commitment.objects.create(text="We look to updating you on our progress.", news_by=date(2021, 11, 28), **source)
    action = building.make_action(
        board, clerk, "Co-produce local plans", kind=ActionKind.COPRODUCTION, origin=ActionOrigin.COMMITMENT, commitment=plans
    )
    study = CaseStudyPage(
        title="Two quality boards in Birmingham",
        organisation=city,
        summary="People who use services agree the standards of care.",
        what_happened="<p>They take part as early as possible and at every stage.</p>",
        source_title=SCIE,
    )
    study.principles = list(CoproductionPrinciple.objects.all())
    study = add_record(parent=CaseStudyIndexPage.objects.get(), page=study, by=clerk, publish=True)
    groups = [
        PeopleGroup.objects.create(name=name, organisation=city, remit="People who use services, writing minimum standards.")
        for name in ("First quality board", "Second quality board")
    ]
    for stage in ("plan", "design", "deliver", "review"):
        Involvement.objects.create(
            action=action, group=groups[0], stage=stage, offers_made="support so that a carer can take part"
        )
    standard = record_standard(
        title="Minimum standards for adult care",
        text="<p>Agreed with those who use it.</p>",
        groups=groups,
        agreed_on=date(2015, 1, 1),
        by=clerk,
    )
    return {"board": board, "action": action, "study": study, "groups": groups, "standard": standard}


def test_the_statement_of_2021_has_a_place_for_everything(statement: dict[str, Any], client: Client) -> None:
    definition = f"{statement['board'].get_url()}co-production/"
    seen(
        client, definition, "equal partners with influence", "Group Manager, Living Well South", "https://example.org/statement"
    )
    seen(client, definition, "Think Local, Act Personal", "https://example.org/council", "Two quality boards in Birmingham")
    for principle in ("Equality", "Diversity", "Access", "Reciprocity"):
        seen(client, definition, f"<dt>{principle}</dt>")
        seen(client, statement["action"].get_url(), principle)
    seen(client, definition, SCIE)
    seen(client, "/commitments/", "Plans built on co-production with our communities.", "28 May 2021", "Co-produce local plans")
    seen(
        client,
        "/commitments/?carried=no",
        "We look to updating you on our progress.",
        "News was promised by 28 November 2021. It is late.",
    )
    seen(
        client,
        "/commitments/",
        "Explained by the Group Manager, Living Well South",
        "people with lived experience".capitalize(),
    )
    seen(
        client,
        statement["action"].get_url(),
        "Plans built on co-production",
        "support so that a carer can take part",
        "First quality board",
    )
    for stage in ("Planning", "Design", "Delivery", "Review"):
        seen(client, statement["action"].get_url(), f"<b>{stage}:</b>")
    seen(client, statement["study"].get_url(), "Birmingham City Council", "as early as possible", SCIE)
    for group in statement["groups"]:
        seen(client, f"/groups/{group.pk}/", group.name, "writing minimum standards", "Minimum standards for adult care")
    seen(
        client,
        f"/standards/{statement['standard'].pk}/",
        "First quality board",
        "Second quality board",
        "Agreed on 1 January 2015",
    )


def test_nobody_is_named_who_only_explained(statement: dict[str, Any], client: Client) -> None:
    for address in ("/commitments/", f"{statement['board'].get_url()}co-production/"):
        assert "Ballantyne" not in client.get(address).content.decode()


def test_a_workshop_tells_groups_numbers_and_who_follows_up(minute: dict[str, Any], clerk: User, client: Client) -> None:
    workshop, group = minute["workshop"], PeopleGroup.objects.create(name="Carers")
    workshop.groups.add(WorkshopGroup(group=group, invited=12, came=9, offers_made="travel", offers_taken_up="7 people"))
    workshop.who_follows_up, workshop.follow_up_by = "Head of involvement, the council", date(2015, 3, 1)
    _republished(workshop, clerk)
    seen(
        client,
        workshop.get_url(),
        f'href="/groups/{group.pk}/"',
        "12 invited, 9 came",
        "Offered: travel.",
        "Taken up: 7 people.",
    )
    seen(
        client, workshop.get_url(), "Followed up by: Head of involvement, the council.", "Those who came hear by 1 March 2015."
    )
    seen(client, f"/groups/{group.pk}/", "Co-production workshop")
