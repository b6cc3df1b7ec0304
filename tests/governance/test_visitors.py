"""One place is told from another without keeping where it is, and nobody chooses the place he is taken for."""

from typing import Any

from django.test import RequestFactory

import pytest

from governance.visitors import place_of

HERE = "127.0.0.1"


def place(forwarded: str = "", address: str = HERE) -> str:
    return place_of(RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=address))


@pytest.mark.parametrize(
    ("servers", "header", "expected"),
    [
        (0, "203.0.113.9", HERE),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", HERE),
        (1, "", HERE),
        (1, " , ,", HERE),
    ],
)
def test_a_header_that_a_visitor_wrote_is_not_believed(settings: Any, servers: int, header: str, expected: str) -> None:
    settings.SERVERS_IN_FRONT = servers
    assert place(header) == place(address=expected)


def test_a_household_is_one_place_and_its_address_is_not_kept() -> None:
    assert place(address="2001:db8:1:2::1") == place(address="2001:db8:1:2:ffff::9") != place(address="2001:db8:1:3::1")
    assert HERE not in place()


def test_what_is_no_address_is_a_place_of_its_own() -> None:
    assert place(address="a socket") == place(address="") != place()
