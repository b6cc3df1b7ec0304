"""Asking partners to pass something on and to report back."""

from datetime import date

import pytest

from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, LedgerEntry, User
from governance.operations.partners import ask_partners, record_acknowledgement, record_cascade, record_report
from tests import building

ASKED = date(2026, 10, 12)


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    return building.make_action(board, clerk)


def test_each_partner_has_a_request_of_its_own_and_goes_its_own_way(action: ActionPage, clerk: User) -> None:
    partners = [building.make_organisation(name) for name in ("Beckside Homes", "Healthwatch Ashmere")]
    first, second = ask_partners(action=action, organisations=partners, asked_on=ASKED, due_on=date(2026, 12, 4), by=clerk)
    record_acknowledgement(request=first, on=date(2026, 10, 13), by=clerk)
    record_cascade(request=first, on=date(2026, 10, 20), by=clerk)
    record_report(request=first, on=date(2026, 11, 2), response=" Tenancy support would suit. ", by=clerk)
    first.refresh_from_db()
    assert (first.reported_on, first.response) == (date(2026, 11, 2), "Tenancy support would suit.")
    second.refresh_from_db()
    assert second.acknowledged_on is None
    assert LedgerEntry.objects.filter(page=action, note__contains="Beckside Homes").count() == 4


def test_nobody_is_asked_twice_or_asked_for_yesterday(action: ActionPage, clerk: User) -> None:
    partner, other = building.make_organisation("Beckside Homes"), building.make_organisation("Healthwatch Ashmere")
    ask_partners(action=action, organisations=[partner], asked_on=ASKED, by=clerk)
    with pytest.raises(Refused, match="Beckside Homes has been asked already"):
        ask_partners(action=action, organisations=[other, partner], asked_on=ASKED, by=clerk)
    with pytest.raises(Refused, match="before the partners are asked"):
        ask_partners(action=action, organisations=[other], asked_on=ASKED, due_on=date(2026, 10, 1), by=clerk)
    assert action.partner_requests.count() == 1


def test_a_report_says_something_once_and_not_before_it_was_asked_for(action: ActionPage, clerk: User) -> None:
    [request] = ask_partners(action=action, organisations=[building.make_organisation()], asked_on=ASKED, by=clerk)
    with pytest.raises(Refused, match="Give what the organisation reported"):
        record_report(request=request, on=date(2026, 11, 2), response="  ", by=clerk)
    with pytest.raises(Refused, match="had not been asked by then"):
        record_cascade(request=request, on=date(2026, 10, 11), by=clerk)
    record_acknowledgement(request=request, on=ASKED, by=clerk)
    with pytest.raises(Refused, match="recorded already"):
        record_acknowledgement(request=request, on=ASKED, by=clerk)
