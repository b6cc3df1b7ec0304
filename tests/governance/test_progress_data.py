"""The progress list as data: exactly the view that is on the screen, safe to open in a spreadsheet."""

import csv
import io
import json
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from governance import progress_data
from governance.enums import ActionStatus
from governance.models import ActionPartner, BoardPage, Service, SuitabilityReview, User
from governance.progress_data import FIELDS, LICENCE_ADDRESS, cell
from governance.progress_list import ON_A_PAGE
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def actions(clerk: User, board: BoardPage) -> None:
    """Three actions: one of them paused, one with everything."""
    full = building.make_action(
        board,
        clerk,
        "=cmd|'/c calc'!A1",
        promise='We will say “Tŷ Dŵr”,\n"twice".',
        first_due_on=date(2026, 3, 1),
        lead_organisation=building.make_organisation(),
        publish=True,
    )
    partner = building.make_organisation("Tŷ Dŵr Community Health", type_name="NHS body")
    full.partners.add(ActionPartner(organisation=partner))
    full.save()
    service = Service.objects.create(name="Home care", organisation=partner)
    SuitabilityReview.objects.create(service=service, year=2026, verdict="suitable", reviewed_on=date(2026, 5, 1), action=full)
    paused = building.make_action(board, clerk, "Paused")
    building.make_update(paused, clerk, date(2026, 11, 4), status=ActionStatus.PAUSED, reason="Snow.")
    building.make_action(board, clerk, "Agreed one")
    building.make_action(board, clerk, "Draft", publish=False)


def _body(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def _csv(client: Client, query: str = "") -> list[dict[str, str]]:
    text = _body(client.get(f"/progress/?format=csv{query}"))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _json(client: Client, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_body(client.get(f"/progress/?format=json{query}")))
    return found


def test_both_forms_hold_every_public_action_and_say_the_licence(actions: None, client: Client) -> None:
    for form, kind in (("csv", "text/csv; charset=utf-8"), ("json", "application/json; charset=utf-8")):
        response = client.get(f"/progress/?format={form}")
        assert response["Content-Type"] == kind
        assert LICENCE_ADDRESS in response["Link"]
        assert f".{form}" in response["Content-Disposition"]
    found = _json(client)
    assert (found["total"], len(found["actions"])) == (3, 3)
    assert found["licence"]["name"] == "Open Government Licence v3.0"
    assert list(found["actions"][0]) == [*FIELDS, "address"]
    assert {row["title"] for row in found["actions"]} == {"=cmd|'/c calc'!A1", "Paused", "Agreed one"}


def test_a_record_says_what_its_page_says(actions: None, client: Client) -> None:
    (record,) = (row for row in _json(client)["actions"] if row["title"].startswith("="))
    assert record["reference"] == "HWB-A1"
    assert record["promise"] == 'We will say “Tŷ Dŵr”,\n"twice".'
    assert record["partners"] == ["Tŷ Dŵr Community Health"]
    assert record["services"] == ["Home care"]
    assert (record["due_on"], record["is_late"], record["workstream"]) == ("2026-03-01", True, None)
    assert client.get(record["address"].removeprefix("http://localhost")).status_code == 200


def test_csv_has_the_same_cells_and_no_formula(actions: None, client: Client) -> None:
    rows = {row["title"]: row for row in _csv(client)}
    assert rows.keys() == {"'=cmd|'/c calc'!A1", "Paused", "Agreed one"}
    full = rows["'=cmd|'/c calc'!A1"]
    assert full["promise"] == 'We will say “Tŷ Dŵr”,\n"twice".'
    assert (full["partners"], full["is_late"], full["confidence"]) == ("Tŷ Dŵr Community Health", "yes", "")


def test_the_data_is_that_of_the_view_in_its_order(actions: None, client: Client) -> None:
    for query, titles in (("&status=paused", ["Paused"]), ("&sort=title", ["'=cmd|'/c calc'!A1", "Agreed one", "Paused"])):
        assert [row["title"] for row in _csv(client, query)] == titles
        assert len(_json(client, query)["actions"]) == len(titles)
    assert _json(client, "&status=paused")["filters"] == {"status": "paused"}
    assert "/progress/?status=paused" in _json(client, "&status=paused")["address"]


@pytest.mark.parametrize("query", ["&status=completed", "&board=%00", "&workstream=nonsense", "&organisation=" + "x" * 10_000])
def test_a_view_without_actions_says_so(actions: None, client: Client, query: str) -> None:
    (row,) = _csv(client, query)
    assert row["title"] == "No action fits these filters."
    assert not any(value for name, value in row.items() if name != "title")
    found = _json(client, query)
    assert (found["total"], found["actions"]) == (0, [])


def test_the_page_of_the_list_does_not_cut_the_data(
    clerk: User, board: BoardPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(ON_A_PAGE + 1):
        building.make_action(board, clerk, f"Action {number}")
    assert len(_csv(client, "&page=2")) == ON_A_PAGE + 1
    assert len(_csv(client, "&page=nonsense")) == ON_A_PAGE + 1
    monkeypatch.setattr(progress_data, "AT_A_TIME", 5)
    with CaptureQueriesContext(connection) as many:
        _csv(client)
    assert len(many) <= 15


def test_a_form_that_is_not_there_is_said_to_be_so(actions: None, client: Client) -> None:
    response = client.get("/progress/?format=xml")
    assert response.status_code == 404
    assert "not to be had as “xml”" in response.content.decode()
    page = client.get("/progress/?status=paused&sort=due").content.decode()
    assert "?format=csv&amp;sort=due&amp;status=paused" in page


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("+44 1999", "'+44 1999"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        (["=a", "b"], "'=a; b"),
        ("a=1", "a=1"),
        (-2, "-2"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(value: Any, written: str) -> None:
    assert cell(value) == written
