"""The progress list: filters that are plain addresses, counts that agree with what they leave."""

from datetime import date
from itertools import product
from urllib.parse import parse_qsl

from django.test import Client

import pytest

from governance.enums import ActionStatus
from governance.models import (
    ActionPage,
    ActionPartner,
    BoardPage,
    Commitment,
    Organisation,
    Service,
    StrategyPage,
    SuitabilityReview,
    User,
    WorkstreamPage,
)
from governance.operations.publishing import add_record, publish_record
from governance.progress_filters import FACETS
from governance.progress_list import Listing, listing
from home.models import HomePage
from tests import building
from tests.kept import kept

TODAY = date(2026, 11, 22)
NONSENSE = [
    "nonsense",
    "-1",
    "1e9",
    "9" * 40,
    "999999999",
    "\x00",
    "a\x00",
    '"',
    "²",
    "' OR 1=1",
    "x" * 10_000,
    "<script>",
    "+",
]


@pytest.fixture
def actions(clerk: User, board: BoardPage) -> None:
    """Three actions: one late and with everything, one paused, one of another board; and a draft."""
    kept("actions", lambda: make_actions(clerk, board))


def make_actions(clerk: User, board: BoardPage) -> None:
    """Make them."""
    other = building.make_board(clerk, "SCR", "Scrutiny")
    led, helps = building.make_organisation(), building.make_organisation("Tarn Trust", type_name="NHS body")
    stream = _workstream(clerk)
    late = building.make_action(
        board, clerk, "Late", first_due_on=date(2026, 11, 1), lead_organisation=led, workstream=stream, publish=False
    )
    late.partners.add(ActionPartner(organisation=helps), ActionPartner(organisation=helps), ActionPartner(organisation=led))
    late.save()
    publish_record(page=late, by=clerk)
    _review(late, "Home care", 2025)
    _review(late, "Home care", 2026)
    building.make_update(late, clerk, date(2026, 11, 3), confidence="at_risk", reason="Snow.", recovery_step="Salt.")
    paused = building.make_action(board, clerk, "Paused", lead_organisation=helps)
    building.make_update(paused, clerk, date(2026, 11, 4), status=ActionStatus.PAUSED, reason="Snow.")
    committed = Commitment.objects.create(text="We will.", strategy=StrategyPage.objects.get(), source_title="The strategy")
    building.make_action(other, clerk, "Elsewhere", commitment=committed)
    building.make_action(board, clerk, "Draft", publish=False, workstream=_workstream(clerk, live=False))


def _workstream(clerk: User, live: bool = True) -> WorkstreamPage:
    strategy = StrategyPage(title="Strategy" if live else "Draft strategy", slug="strategy" if live else "draft-strategy")
    strategy = add_record(parent=HomePage.objects.get(), page=strategy, by=clerk, publish=live)
    return add_record(parent=strategy, page=WorkstreamPage(title="At home", slug="at-home"), by=clerk, publish=live)


def _review(action: ActionPage, name: str, year: int) -> None:
    service, _new = Service.objects.get_or_create(name=name, organisation=building.make_organisation())
    SuitabilityReview.objects.create(
        service=service, year=year, verdict="suitable", reviewed_on=date(year, 5, 1), action=action
    )


def _titles(view: Listing) -> list[str]:
    return [action.title for action in view.page]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["Paused", "Late", "Elsewhere"]),
        ({"status": "paused"}, ["Paused"]),
        ({"board": "SCR"}, ["Elsewhere"]),
        ({"late": "date"}, ["Late"]),
        ({"confidence": "at_risk", "board": "HWB"}, ["Late"]),
        ({"board": "SCR", "status": "paused"}, []),
        ({"sort": "title"}, ["Elsewhere", "Late", "Paused"]),
    ],
)
def test_filters_leave_what_they_say(actions: None, asked: dict[str, str], left: list[str]) -> None:
    view = listing(asked, TODAY)
    assert sorted(_titles(view)) == sorted(left)
    assert view.total == len(left)
    assert view.every == 3


@pytest.mark.django_db
def test_a_filter_that_means_nothing_leaves_nothing_and_can_be_taken_away(actions: None, client: Client) -> None:
    for name, value in product([facet.name for facet in FACETS], NONSENSE):
        view = listing({name: value, "sort": "title"}, TODAY)
        assert (view.total, view.every, list(view.page)) == (0, 3, []), (name, value)
        ((one, choice),) = view.chosen
        assert (one.name, choice.query) == (name, "sort=title")
        assert "which is not here" in choice.label
        response = client.get("/progress/", {name: value})
        assert response.status_code == 200
        assert "No action fits these filters together" in response.content.decode()


@pytest.mark.django_db
def test_an_empty_value_is_no_filter(actions: None) -> None:
    for name in ["sort", "page", "format", *(facet.name for facet in FACETS)]:
        assert listing({name: ""}, TODAY).total == 3


@pytest.mark.django_db
def test_an_order_that_is_not_there_is_the_usual_one(actions: None) -> None:
    for value in NONSENSE:
        assert _titles(listing({"sort": value}, TODAY)) == ["Paused", "Late", "Elsewhere"]


@pytest.mark.django_db
def test_of_a_repeated_filter_the_last_counts(actions: None, client: Client) -> None:
    text = client.get("/progress/?status=agreed&status=paused").content.decode()
    assert "Paused" in text
    assert "Elsewhere" not in text


@pytest.mark.django_db
def test_every_choice_leaves_as_many_as_it_says(actions: None) -> None:
    for asked in ({}, {"board": "HWB"}, {"status": "under_way"}):
        for one in listing(asked, TODAY).filters:
            for choice in one.choices:
                if not choice.chosen:
                    assert listing(dict(parse_qsl(choice.query)), TODAY).total == choice.count, (asked, one.name, choice)


@pytest.mark.django_db
def test_an_action_is_found_by_every_body_page_and_service_it_belongs_to(actions: None) -> None:
    council, trust = Organisation.objects.get(name="Ashmere Council"), Organisation.objects.get(name="Tarn Trust")
    found = {
        ("organisation", council.pk): ["Late"],
        ("organisation", trust.pk): ["Paused", "Late"],
        ("service", Service.objects.get().pk): ["Late"],
        ("workstream", WorkstreamPage.objects.live().get().pk): ["Late"],
        ("strategy", StrategyPage.objects.live().get().pk): ["Late", "Elsewhere"],
        ("workstream", WorkstreamPage.objects.get(live=False).pk): [],
        ("strategy", StrategyPage.objects.get(live=False).pk): [],
    }
    for (name, key), titles in found.items():
        assert _titles(listing({name: str(key)}, TODAY)) == titles, name


@pytest.mark.django_db
def test_every_filter_offers_its_choices_by_name(actions: None) -> None:
    offered = {one.name: [(choice.label, choice.count) for choice in one.choices] for one in listing({}, TODAY).filters}
    assert offered["organisation"] == [("Ashmere Council", 1), ("Tarn Trust", 2)]
    assert offered["service"] == [("Home care", 1)]
    assert offered["workstream"] == [("At home", 1)]
    assert offered["strategy"] == [("Strategy", 2)]
    assert offered["board"] == [("Health and Wellbeing Board", 2), ("Scrutiny", 1)]


@pytest.mark.django_db
def test_a_choice_that_leaves_nothing_keeps_its_name(actions: None) -> None:
    ((_one, choice),) = [
        pair for pair in listing({"board": "SCR", "status": "paused"}, TODAY).chosen if pair[0].name == "board"
    ]
    assert (choice.label, choice.count) == ("Scrutiny", 0)


@pytest.mark.django_db
def test_a_chosen_filter_can_be_taken_away(actions: None) -> None:
    view = listing({"board": "HWB", "status": "paused"}, TODAY)
    assert {one.name: choice.query for one, choice in view.chosen} == {"board": "status=paused", "status": "board=HWB"}


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_said_to_be_so(actions: None, client: Client) -> None:
    for page in [*NONSENSE, "2", "0"]:
        response = client.get("/progress/", {"page": page})
        assert response.status_code == 404
        text = response.content.decode()
        assert "of this list: it has one page." in text
        assert "Elsewhere" in text


@pytest.mark.django_db
def test_the_empty_list_says_what_will_be_there(clerk: User, board: BoardPage, client: Client) -> None:
    assert "Nothing has been promised here yet." in client.get("/progress/").content.decode()
