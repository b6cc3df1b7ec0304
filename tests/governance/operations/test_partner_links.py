"""Links by which partners answer without an account."""

from datetime import timedelta

from django.core import mail
from django.test import override_settings
from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, PartnerLink, PartnerRequest, User
from governance.models.partner_links import hash_of
from governance.operations.mail import send_deliveries
from governance.operations.partner_links import address_of, find_link, revoke_link, send_link, use_link
from governance.operations.partners import ask_for_news
from governance.operations.publishing import withdraw_record
from governance.partner_rules import MOST_IN_AN_HOUR
from tests import building
from tests.governance.partner_stage import ASKED, DUE, NOW, Asked, ask, mail_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk)


def test_the_mail_carries_the_link_and_the_database_only_its_hash(asked: Asked) -> None:
    [delivery] = mail_to("news@beckside.example")
    assert asked.link.token in delivery.text
    assert delivery.subject == "News wanted: Design home care with people"
    assert "by 30 November 2026" in delivery.text
    row = PartnerLink.objects.values().get()
    assert asked.link.token not in row.values()
    assert row["token_hash"] == hash_of(asked.link.token)
    assert asked.link.expires_at.date() == DUE + timedelta(days=21)


def test_a_link_is_found_by_its_token_alone(asked: Asked) -> None:
    assert find_link(asked.link.token) == asked.link
    for forged in ("", "x", asked.link.token[:-1], asked.link.token.swapcase(), asked.link.token_hash, asked.link.seed, "\x00"):
        assert find_link(forged) is None


def test_without_the_key_of_the_installation_the_database_opens_nothing(asked: Asked) -> None:
    before = asked.link.token
    with override_settings(SECRET_KEY="another key " + "y" * 50):
        told = address_of(asked.link)
        assert before not in told
        assert find_link(told.rstrip("/").rpartition("/")[2]) == asked.link
    assert find_link(before) is None


def test_a_link_called_back_opens_nothing_and_is_not_mailed(asked: Asked) -> None:
    revoke_link(link=asked.link, by=asked.clerk)
    with pytest.raises(Refused, match="ended"):
        use_link(link=asked.link, at=NOW)
    with pytest.raises(Refused, match="already"):
        revoke_link(link=asked.link, by=asked.clerk)
    send_deliveries()
    assert mail.outbox == []
    assert Delivery.objects.get().failed_because == "The link has ended or was called back."


def test_uses_are_counted_and_the_eleventh_within_the_hour_waits(asked: Asked) -> None:
    for _number in range(MOST_IN_AN_HOUR):
        use_link(link=asked.link, at=NOW)
    with pytest.raises(Refused, match="in an hour"):
        use_link(link=asked.link, at=NOW + timedelta(minutes=59))
    row = use_link(link=asked.link, at=NOW + timedelta(hours=1))
    assert (row.uses, row.uses_in_hour) == (MOST_IN_AN_HOUR + 1, 1)


@pytest.mark.parametrize("email", ["nobody", "a@example.org\nBcc: all@example.org", "", "a@example.org, b@example.org"])
def test_what_is_no_single_address_gets_no_link(asked: Asked, email: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        send_link(request=asked.request, email=email, by=asked.clerk)


def test_nobody_is_asked_about_what_is_answered_or_withdrawn(asked: Asked) -> None:
    PartnerRequest.objects.update(reported_on=timezone.localdate())
    with pytest.raises(Refused, match="answered already"):
        send_link(request=PartnerRequest.objects.get(), email="a@example.org", by=asked.clerk)
    PartnerRequest.objects.update(reported_on=None)
    withdraw_record(page=asked.action, by=asked.clerk, reason="It was a mistake.")
    with pytest.raises(Refused, match="not public"):
        send_link(request=PartnerRequest.objects.get(), email="a@example.org", by=asked.clerk)
    with pytest.raises(Refused, match="ended"):
        use_link(link=asked.link, at=NOW)


def test_news_is_asked_of_those_who_take_part_once_and_for_a_day_to_come(asked: Asked) -> None:
    stranger = building.make_organisation("Healthwatch Ashmere")
    with pytest.raises(Refused, match="neither leads"):
        ask_for_news(action=asked.action, organisation=stranger, due_on=DUE, by=asked.clerk, at=ASKED)
    with pytest.raises(Refused, match="has not answered yet"):
        ask_for_news(action=asked.action, organisation=asked.partner, due_on=DUE, by=asked.clerk, at=ASKED)
    draft = building.make_action(asked.action.board, asked.clerk, "Draft", lead_organisation=asked.partner, publish=False)
    with pytest.raises(Refused, match="Publish this one first"):
        ask_for_news(action=draft, organisation=asked.partner, due_on=DUE, by=asked.clerk, at=ASKED)
    with pytest.raises(Refused, match="before the partners are asked"):
        ask_for_news(
            action=asked.action, organisation=asked.partner, due_on=ASKED.date() - timedelta(1), by=asked.clerk, at=ASKED
        )
