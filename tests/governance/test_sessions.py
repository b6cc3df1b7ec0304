"""Who is away for long is logged out, nobody stays longer than a working day, and a shut door opens again."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from axes.models import AccessAttempt

from governance.models import BoardPage, User
from governance.sessions import NOTED_EVERY, has_ended
from tests import building

ADMIN = "/admin/"


@pytest.mark.parametrize(
    ("since_began", "since_seen", "expected"),
    [
        (timedelta(hours=1), timedelta(minutes=119), False),
        (timedelta(hours=3), timedelta(minutes=124), False),
        (timedelta(hours=3), timedelta(minutes=126), True),
        (timedelta(hours=11, minutes=59), timedelta(0), False),
        (timedelta(hours=12, minutes=1), timedelta(0), True),
    ],
)
def test_a_session_ends_after_idling_or_a_working_day(since_began: timedelta, since_seen: timedelta, expected: bool) -> None:
    now = timezone.now()
    assert has_ended(now - since_began, now - since_seen, now) is expected


def stays(client: Client) -> bool:
    """Whether the person is still let into the admin."""
    return client.get(ADMIN).status_code == 200


@pytest.mark.django_db
def test_who_does_nothing_for_two_hours_is_logged_out_and_told_why(clerk: User, board: BoardPage, client: Client) -> None:
    with time_machine.travel(building.london(2026, 11, 3, 9), tick=False) as clock:
        client.force_login(clerk)
        clock.shift(timedelta(minutes=100))
        assert stays(client)
        clock.shift(timedelta(minutes=100))
        assert stays(client)
        clock.shift(timedelta(minutes=126))
        answer = client.get(ADMIN, follow=True)
        assert answer.redirect_chain[0][0].startswith(reverse("account_login"))
        assert "You were logged out, because nothing was done for some time." in answer.content.decode()


@pytest.mark.django_db
def test_a_page_that_asks_by_itself_keeps_nobody_logged_in(clerk: User, board: BoardPage, client: Client) -> None:
    with time_machine.travel(building.london(2026, 11, 3, 9), tick=False) as clock:
        client.force_login(clerk)
        for _quarter in range(8):
            clock.shift(timedelta(minutes=15))
            assert client.get(ADMIN, headers={"accept": "application/json"}).status_code == 200
        clock.shift(timedelta(minutes=6))
        assert not stays(client)


@pytest.mark.django_db
def test_nobody_stays_logged_in_past_a_working_day(clerk: User, board: BoardPage, client: Client) -> None:
    with time_machine.travel(building.london(2026, 11, 3, 9), tick=False) as clock:
        client.force_login(clerk)
        for _hour in range(12):
            assert stays(client)
            clock.shift(timedelta(hours=1))
        clock.shift(NOTED_EVERY)
        assert not stays(client)


@pytest.mark.django_db
def test_a_visitor_is_asked_for_no_session(board: BoardPage, client: Client) -> None:
    answer = client.get(board.get_url())
    assert "Set-Cookie" not in answer
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_a_new_password_ends_every_other_session(clerk: User, board: BoardPage, client: Client) -> None:
    client.force_login(clerk)
    assert stays(client)
    clerk.set_password("another battery staple")
    clerk.save()
    assert not stays(client)


def try_to_log_in(client: Client, name: str, password: str, place: str = "192.0.2.1") -> Any:
    """One attempt from a place."""
    return client.post(reverse("account_login"), {"login": name, "password": password}, REMOTE_ADDR=place)


@pytest.mark.django_db
def test_after_five_wrong_passwords_the_door_is_shut_for_a_while(clerk: User, board: BoardPage, client: Client) -> None:
    for _attempt in range(5):
        answer = try_to_log_in(client, "clerk", "wrong")
    assert answer.status_code == 429
    shown = answer.content.decode()
    assert "Too many attempts" in shown and "15 minutes" in shown
    assert try_to_log_in(client, "clerk", building.PASSWORD).status_code == 429
    # Nobody else is shut out: neither another name from there, nor that name from elsewhere.
    building.make_user("second")
    assert try_to_log_in(client, "second", building.PASSWORD).status_code == 302
    assert try_to_log_in(Client(), "clerk", building.PASSWORD, "198.51.100.7").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert try_to_log_in(Client(), "clerk", building.PASSWORD).status_code == 302


@pytest.mark.django_db
def test_an_administrator_opens_the_door_at_once(clerk: User, board: BoardPage, client: Client) -> None:
    for _attempt in range(5):
        try_to_log_in(client, "clerk", "wrong")
    call_command("axes_reset_username", "clerk", verbosity=0)
    assert try_to_log_in(client, "clerk", building.PASSWORD).status_code == 302


@pytest.mark.django_db
def test_where_somebody_tried_from_is_not_kept(clerk: User, board: BoardPage, client: Client) -> None:
    try_to_log_in(client, "clerk", "wrong", "192.0.2.77")
    (attempt,) = AccessAttempt.objects.all()
    assert str(attempt.ip_address).startswith("fd")
    assert "192.0.2.77" not in str(vars(attempt))
    assert "wrong" not in str(vars(attempt))


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_answered_alike(clerk: User, board: BoardPage, client: Client) -> None:
    known = [try_to_log_in(client, "clerk", "wrong").status_code for _attempt in range(5)]
    unknown = [try_to_log_in(client, "nobody", "wrong").status_code for _attempt in range(5)]
    assert known == unknown == [200, 200, 200, 200, 429]
