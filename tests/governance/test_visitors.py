"""Places that requests come from, told apart without keeping their addresses."""

from typing import Any

from django.test import RequestFactory

from governance.visitors import place_of


def place(forwarded: str = "", remote: str = "192.0.2.1") -> str:
    """The place of a request."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return place_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_a_visitor_cannot_choose_a_place() -> None:
    assert place("10.0.0.1") == place("10.0.0.2") == place() != place(remote="192.0.2.2")
    assert "192.0.2.1" not in place() and len(place()) == 32


def test_behind_a_server_of_ours_its_word_counts_and_no_other(settings: Any) -> None:
    settings.SERVERS_IN_FRONT = 1
    assert place("10.0.0.1, 192.0.2.7") == place("10.0.0.2, 192.0.2.7") == place("192.0.2.7") != place("192.0.2.8")
    assert place() == place(remote="192.0.2.1"), "without the header the connection itself counts"


def test_one_household_is_one_place() -> None:
    assert place(remote="2001:db8:1:2::1") == place(remote="2001:db8:1:2:ffff::9") != place(remote="2001:db8:1:3::1")


def test_nonsense_is_one_place_too(settings: Any) -> None:
    settings.SERVERS_IN_FRONT = 1
    assert place("x\x00") == place("y") == place(remote="")
