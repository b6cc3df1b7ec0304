"""The council's own server says who somebody is. It opens log-ins that are there, makes none, and is asked by a real conversation."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client
from django.urls import reverse

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from config.starting import single_sign_on
from governance.enums import Role
from governance.models import BoardPage, Delivery, User
from governance.operations.roles import give_role
from home.single_sign_on import known_address
from tests import building

ENTER = "openid_connect_login"


@pytest.mark.parametrize(
    ("addresses", "vouches", "expected"),
    [
        ([("Clerk@Example.ORG", True)], False, "clerk@example.org"),
        ([("clerk@example.org", False)], False, ""),
        ([("clerk@example.org", False)], True, "clerk@example.org"),
        ([("clerk@elsewhere.example", True)], True, ""),
        ([("clerk@evil.example.org", True)], True, ""),
        ([("clerk@example.org@elsewhere.example", True)], True, ""),
        ([("@example.org", True)], True, ""),
        ([("nobody", True), ("clerk@example.org", True)], False, "clerk@example.org"),
        ([], True, ""),
    ],
)
def test_by_which_address_somebody_is_found(addresses: list[tuple[str, bool]], vouches: bool, expected: str) -> None:
    assert known_address(addresses, ("example.org",), vouches=vouches) == expected


class Server(ThreadingHTTPServer):
    """A server that speaks OpenID Connect: it gives one code, and for it the claims it is told."""

    claims: dict[str, Any]
    asked: list[tuple[str, dict[str, list[str]]]]

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """What it answers."""

    server: Server

    def do_GET(self) -> None:
        """Where its parts are, and who somebody is."""
        here = self.server.address
        parts = {"authorization": "authorize", "token": "token", "userinfo": "who"}
        where: dict[str, Any] = {f"{part}_endpoint": f"{here}/{path}" for part, path in parts.items()}
        self._send(self.server.claims if self.path == "/who" else {"issuer": here, "jwks_uri": f"{here}/keys", **where})

    def do_POST(self) -> None:
        """Who somebody is, for a code."""
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append((self.path, sent))
        claims = {
            **self.server.claims,
            "iss": self.server.address,
            "aud": "resolved",
            "exp": time.time() + 60,
            "iat": time.time(),
        }
        token = b".".join(
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "RS256"}, claims, "")
        )
        self._send({"access_token": "token", "token_type": "Bearer", "id_token": token.decode()})

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """Such a server, and settings that name it."""
    with Server(("127.0.0.1", 0), Answers) as running:
        running.claims, running.asked = {"sub": "17", "email": "clerk@example.org", "email_verified": True}, []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        name(settings, running)
        yield running
        running.shutdown()


def name(settings: Any, server: Server, **given: str) -> None:
    """Have the settings name it."""
    told = {"server": server.address, "client": "resolved", "secret": "secret", "name": "Ashmere", "domains": "example.org"}
    rule = single_sign_on(**{**told, "vouches": "", "second_factor": "", **given})
    assert rule is not None
    settings.SINGLE_SIGN_ON = rule
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [rule.as_app()]}}


def come_back(client: Client, wanted: str = "/admin/", **changed: str) -> Any:
    """Go to the server and come back with its code."""
    away = urlsplit(client.get(reverse(ENTER, args=["sso"]), {"next": wanted})["Location"])
    asked = {key: values[0] for key, values in parse_qs(away.query).items()}
    assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"]
    back = {"state": asked["state"], "code": "code", **changed}
    return client.get(f"{reverse('openid_connect_callback', args=['sso'])}?{urlencode(back)}")


def is_in(client: Client) -> bool:
    """Whether somebody is logged in."""
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_it_opens_the_log_in_with_the_same_address(server: Server, clerk: User, board: BoardPage, client: Client) -> None:
    page = client.get(reverse("account_login"), {"next": "/admin/"}).content.decode()
    assert "Log in with Ashmere" in page and f"{reverse(ENTER, args=['sso'])}?next=%2Fadmin%2F" in page
    assert come_back(client)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    (path, sent), *_others = server.asked
    assert path == "/token" and sent["code_verifier"]
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (clerk, "17", {})
    assert "opens your log-in from now on" in Delivery.objects.get(to=clerk.email).text
    # The same person is known again when the address is another.
    server.claims["email"] = "married@elsewhere.example"
    assert come_back(Client())["Location"] == "/admin/"
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org"},
        {"email": "clerk@elsewhere.example"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": ""},
    ],
)
def test_nobody_else_gets_in_and_no_log_in_is_made(
    server: Server, clerk: User, board: BoardPage, client: Client, claims: dict[str, Any]
) -> None:
    server.claims |= claims
    answer = come_back(client)
    assert answer.status_code == 403 and "You have no log-in here" in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_neither_a_closed_log_in_nor_one_of_two_opens(server: Server, clerk: User, board: BoardPage, client: Client) -> None:
    twin = building.make_user("twin")
    User.objects.filter(pk=twin.pk).update(email="CLERK@example.org")
    assert come_back(client).status_code == 403
    twin.delete()
    come_back(client)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    other = Client()
    assert come_back(other).status_code == 403 and not is_in(other)


@pytest.mark.django_db
def test_rights_and_the_second_factor_stay_as_they_were(server: Server, board: BoardPage, client: Client) -> None:
    member = building.make_user("member", is_superuser=False, is_staff=False)
    give_role(user=member, role=Role.MEMBER, board=board)
    server.claims["email"] = member.email
    come_back(client, wanted="/members/")
    assert is_in(client) and client.get("/admin/").status_code == 302
    assert [group.name for group in member.groups.all()] == ["HWB: Board member"]
    TOTP.activate(member, generate_totp_secret())
    other = Client()
    assert come_back(other)["Location"] == reverse("mfa_authenticate") and not is_in(other)


@pytest.mark.django_db
def test_its_own_second_factor_counts_only_where_settings_say_so(
    server: Server, clerk: User, board: BoardPage, settings: Any, client: Client
) -> None:
    settings.SECOND_FACTOR = "everyone"
    come_back(client)
    assert client.get("/admin/")["Location"] == f"{reverse('second_factor')}?next=/admin/"
    name(settings, server, second_factor="yes")
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_what_goes_wrong_there_is_said_in_words(server: Server, clerk: User, board: BoardPage, client: Client) -> None:
    for wrong in ({"error": "access_denied", "code": ""}, {"state": "another"}):
        answer = come_back(client, **wrong)
        assert answer.status_code == 502 and "You are not logged in" in answer.content.decode(), wrong
    server.claims = {"nothing": "of use"}
    assert come_back(client).status_code == 502
    server.shutdown()
    server.server_close()
    assert client.get(reverse(ENTER, args=["sso"])).status_code == 502
    assert not is_in(client)
