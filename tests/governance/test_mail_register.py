"""The register of outgoing mail: for administrators alone, with the reason of what was not sent and a way to send it again."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.mail_register import state_of
from governance.models import BoardPage, Delivery
from governance.operations.mail import give_up, queue_mail, send_again, send_deliveries
from governance.operations.roles import give_role
from tests import building

pytestmark = pytest.mark.django_db
REGISTER = "/admin/governance/delivery/"


def given_up() -> Delivery:
    """A mail that the server refused."""
    asked = queue_mail(key="one", to="resident@example.org", subject="News of home care", text="Hello.", kind="test")
    Delivery.objects.filter(pk=asked.pk).update(next_try_at=None, failed_because="The mail server refused the address: 550")
    return Delivery.objects.get(pk=asked.pk)


def client_of(role: Role, board: BoardPage) -> Client:
    """Somebody with one role."""
    user = building.make_user(role.value, is_superuser=False, is_staff=False)
    give_role(user=user, role=role, board=board if role in {Role.EDITOR, Role.APPROVER, Role.AUTHOR} else None)
    client = Client()
    client.force_login(user)
    return client


def test_an_administrator_reads_why_and_sends_again(board: BoardPage) -> None:
    row, client = given_up(), client_of(Role.ADMINISTRATOR, board)
    again = reverse("send_mail_again", args=[row.pk])
    shown = client.get(REGISTER).content.decode()
    for words in ("resident@example.org", "refused the address: 550", "Not sent", again):
        assert words in shown
    assert client.post(again).status_code == 302
    assert state_of(Delivery.objects.get()) == "waiting"
    assert send_deliveries() == 1
    assert mail.outbox[0].to == ["resident@example.org"]
    assert state_of(Delivery.objects.get()) == "sent"
    assert client.post(again).status_code == 409


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUTHOR, Role.AUDITOR])
def test_nobody_else_sees_addresses_or_sends(board: BoardPage, role: Role) -> None:
    row, client = given_up(), client_of(role, board)
    for address in (REGISTER, f"{REGISTER}?export=csv", reverse("send_mail_again", args=[row.pk])):
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert "resident@" not in response.content.decode()
    assert client.post(reverse("send_mail_again", args=[row.pk])).status_code in {302, 403}
    assert state_of(Delivery.objects.get()) == "not_sent"


def test_the_states_part_the_mail(board: BoardPage) -> None:
    client, now = client_of(Role.ADMINISTRATOR, board), timezone.now()
    for state, columns in {
        "waiting": dict[str, Any](),
        "tried": {"failed_because": "No answer.", "next_try_at": now + timedelta(hours=1)},
        "sent": {"next_try_at": None, "sent_at": now},
        "not_sent": {"next_try_at": None, "failed_because": "Refused."},
    }.items():
        made = queue_mail(key=state, to="a@example.org", subject=f"Mail {state}", text="Hello.", kind="test")
        Delivery.objects.filter(pk=made.pk).update(**columns)
        assert state_of(Delivery.objects.get(pk=made.pk)) == state
    for state in ("waiting", "tried", "sent", "not_sent"):
        results = client.get(REGISTER, {"state": state}).context["object_list"]
        assert [row.subject for row in results] == [f"Mail {state}"]
    assert client.get(REGISTER, {"state": "nonsense"}).status_code == 200


def test_what_is_erased_or_on_its_way_is_not_sent_again() -> None:
    row = given_up()
    waiting = queue_mail(key="two", to="a@example.org", subject="News", text="Hello.", kind="test")
    with pytest.raises(Refused, match="not given up"):
        send_again(delivery=waiting)
    give_up(deliveries=Delivery.objects.filter(pk=waiting.pk), because="Unsubscribed.")
    for erased in (waiting, row):
        Delivery.objects.filter(pk=erased.pk).update(to="")
        with pytest.raises(Refused, match="no longer kept"):
            send_again(delivery=erased)


def test_the_list_asks_no_more_often_for_more_mail(board: BoardPage, django_assert_max_num_queries: object) -> None:
    client = client_of(Role.ADMINISTRATOR, board)
    for number in range(60):
        queue_mail(key=str(number), to="a@example.org", subject="News", text="Hello.", kind="test")
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert client.get(REGISTER).status_code == 200
