"""An action with a partner that was asked for news, for tests of what partners answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.models import ActionPage, BoardPage, Delivery, Organisation, PartnerLink, PartnerRequest, User
from governance.operations.partner_links import send_link
from governance.operations.partners import ask_for_news, ask_partners
from tests import building
from tests.building import london

ASKED = london(2026, 11, 16, 10)
NOW = london(2026, 11, 20, 9)
DUE = date(2026, 11, 30)
UPDATE = {"words": "The first group met.", "confidence": "on_track", "next_step": "A second meeting in January."}


@dataclass
class Asked:
    """What stands ready."""

    clerk: User
    approver: User
    action: ActionPage
    partner: Organisation
    request: PartnerRequest
    link: PartnerLink


def ask(board: BoardPage, clerk: User, *, cascade: bool = False, at: datetime = ASKED, **fields: Any) -> Asked:
    """Ask a partner about an action, by a link to `news@beckside.example`."""
    partner = building.make_organisation("Beckside Homes", request_email="news@beckside.example")
    action = building.make_action(board, clerk, lead_organisation=partner, **fields)
    if cascade:
        [request] = ask_partners(action=action, organisations=[partner], asked_on=at.date(), due_on=DUE, by=clerk, at=at)
    else:
        request = ask_for_news(action=action, organisation=partner, due_on=DUE, by=clerk, at=at)
    link = send_link(request=request, email="news@beckside.example", by=clerk, at=at)
    return Asked(clerk, building.make_user("approver"), action, partner, request, link)


def mail_to(address: str) -> list[Delivery]:
    """The mails asked for to an address, oldest first."""
    return list(Delivery.objects.filter(to=address).order_by("pk"))
