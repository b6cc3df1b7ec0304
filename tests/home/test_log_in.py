"""The one door: every way in leads through it, wrong codes shut it, and whoever needs a second factor is led to it and back."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from governance.models import BoardPage, Delivery, User
from home.log_in_limits import FROM_ANYWHERE
from tests import building

pytestmark = pytest.mark.django_db
ADMIN = "/admin/"
Commits = Callable[..., Any]


def code_of(secret: str, later: int = 0) -> str:
    """What an app with this secret shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def with_an_app(user: User) -> str:
    """Give somebody an app. Returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def give_password(client: Client, name: str = "clerk", place: str = "192.0.2.1", wanted: str = ADMIN) -> Any:
    """The first step."""
    sent = {"login": name, "password": building.PASSWORD, "next": wanted}
    return client.post(reverse("account_login"), sent, REMOTE_ADDR=place)


def give_code(client: Client, code: str, place: str = "192.0.2.1") -> Any:
    """The second step."""
    return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=place)


def give_code_anew(code: str) -> int:
    """Both steps in a new browser: how the second is answered."""
    client = Client()
    give_password(client)
    return int(give_code(client, code).status_code)


def is_in(client: Client) -> bool:
    """Whether somebody is logged in."""
    return "_auth_user_id" in client.session


def test_no_log_in_of_wagtail_is_a_way_round(clerk: User, board: BoardPage, client: Client) -> None:
    with_an_app(clerk)
    wanted = f"{reverse('account_login')}?next=/admin/"
    for door in ("wagtailadmin_login", "wagtailcore_login"):
        for name in ("username", "login"):
            answer = client.post(f"{reverse(door)}?next=/admin/", {name: "clerk", "password": building.PASSWORD})
            assert (answer.status_code, answer["Location"]) == (302, wanted), door
    assert client.get(ADMIN)["Location"] == wanted
    assert client.get(reverse("wagtailadmin_login"))["Location"] == wanted
    assert client.get(reverse("members_area"))["Location"].startswith(reverse("account_login"))
    assert not is_in(client)


def test_nobody_signs_up_and_no_other_page_of_the_package_is_there(board: BoardPage, client: Client) -> None:
    for path in ("signup/", "email/", "password/change/", "login/code/", "social/signup/", "3rdparty/"):
        for prefix in ("/accounts/", "/members/", "/members/log-in/", "/account/"):
            assert client.get(prefix + path).status_code == 404, prefix + path
    assert client.get(reverse("openid_connect_login", args=["sso"])).status_code == 404


def test_without_a_second_factor_one_step_leads_to_where_somebody_wanted(clerk: User, board: BoardPage, client: Client) -> None:
    assert give_password(client)["Location"] == ADMIN
    assert is_in(client)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert give_password(Client(), wanted=elsewhere)["Location"] == reverse("members_area")
    shown = client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"})
    assert "The name and the password do not belong together" in shown.content.decode()
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert not is_in(client)


def test_who_has_an_app_gives_its_code_before_anything_opens(clerk: User, board: BoardPage, client: Client) -> None:
    secret = with_an_app(clerk)
    assert give_password(client)["Location"] == reverse("mfa_authenticate")
    for address in (ADMIN, reverse("members_area"), reverse("mfa_index")):
        assert client.get(address).status_code == 302 and not is_in(client)
    shown = client.get(reverse("mfa_authenticate"))
    assert "Second step" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert "That did not work" in give_code(client, "000000").content.decode()
    code = code_of(secret)
    assert give_code(client, f" {code[:3]} {code[3:]} ")["Location"] == ADMIN
    assert is_in(client) and client.get(ADMIN).status_code == 200
    cache.clear()
    assert give_code_anew(code) == 200, "a code is used once, whichever process is asked"
    assert give_code_anew(code_of(secret, later=1)) == 302


def test_a_recovery_code_lets_somebody_in_once(clerk: User, board: BoardPage, client: Client) -> None:
    with_an_app(clerk)
    (kept,) = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
    code = kept.wrap().get_unused_codes()[0]
    give_password(client)
    assert give_code(client, code)["Location"] == ADMIN
    second = Client()
    give_password(second)
    assert give_code(second, code).status_code == 200 and not is_in(second)


def test_wrong_codes_shut_the_second_step_for_a_while(clerk: User, board: BoardPage, client: Client) -> None:
    secret = with_an_app(clerk)
    give_password(client)
    answers = [give_code(client, f"00000{digit}").status_code for digit in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert give_code(client, code_of(secret)).status_code == 429 and not is_in(client)
    assert "15 minutes" in give_code(client, code_of(secret)).content.decode()
    # From elsewhere the person gets in, as with passwords; until so many were given from all places together.
    elsewhere = Client()
    give_password(elsewhere, place="198.51.100.7")
    for number in range(FROM_ANYWHERE - 5):
        give_code(elsewhere, "000000", f"198.51.100.{number + 20}")
    assert give_code(elsewhere, code_of(secret), "198.51.100.9").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        late = Client()
        give_password(late)
        assert give_code(late, code_of(secret))["Location"] == ADMIN


def test_wrong_passwords_do_not_shut_the_second_step(clerk: User, board: BoardPage, client: Client) -> None:
    secret = with_an_app(clerk)
    for number in range(FROM_ANYWHERE + 1):
        client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"}, REMOTE_ADDR=f"198.51.100.{number}")
    give_password(client)
    assert give_code(client, code_of(secret))["Location"] == ADMIN


def test_who_needs_a_second_factor_sets_it_up_and_comes_back(
    settings: Any, clerk: User, board: BoardPage, client: Client, django_capture_on_commit_callbacks: Commits
) -> None:
    settings.SECOND_FACTOR = "everyone"
    give_password(client)
    wanted = reverse("wagtailadmin_explore_root")
    led = client.get(wanted, follow=True)
    assert led.redirect_chain[-1][0] == reverse("mfa_index")
    assert "What you asked for needs a second factor" in led.content.decode()
    asked = client.get(reverse("mfa_activate_totp"))["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    assert "That is not your password" in client.post(asked, {"password": "wrong"}).content.decode()
    again = client.post(asked, {"password": building.PASSWORD, "next": reverse("mfa_activate_totp")})
    assert again["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'second-factor__key">([A-Z2-7]+)<', page)
    assert found is not None and "data:image/svg+xml;base64," in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "That did not work" in wrong and found[1] in wrong, "the key stays while the code is mistyped"
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(done["Location"]).content.decode()
    assert codes.count("<li><code>") == 10 and f'href="{wanted}"' in codes
    assert "<li><code>" not in client.get(done["Location"]).content.decode(), "shown once"
    assert client.get(wanted).status_code == 200
    (told,) = Delivery.objects.filter(to=clerk.email)
    assert "An app that makes codes was set up" in told.text
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert found[1] not in stored, "the secret is sealed"
    client.post(reverse("account_logout"))
    assert give_password(client, wanted=wanted)["Location"] == reverse("mfa_authenticate")
    assert give_code(client, code_of(found[1], later=1))["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert mail.outbox == []


def test_who_has_one_and_did_not_give_it_is_asked_and_comes_back(
    settings: Any, clerk: User, board: BoardPage, client: Client
) -> None:
    settings.SECOND_FACTOR = "everyone"
    secret = with_an_app(clerk)
    client.force_login(clerk)
    led = client.get(ADMIN, follow=True)
    asked = led.redirect_chain[-1][0]
    assert asked == f"{reverse('mfa_reauthenticate')}?next=/admin/"
    assert "Show that it is you" in led.content.decode()
    assert "That did not work" in client.post(asked, {"code": "000000", "next": ADMIN}).content.decode()
    assert client.post(asked, {"code": code_of(secret), "next": ADMIN})["Location"] == ADMIN
    assert client.get(ADMIN).status_code == 200
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert client.get(ADMIN).status_code == 302, "what was taken away opens nothing in a session that is open"


def test_codes_of_who_is_logged_in_are_counted_too(settings: Any, clerk: User, board: BoardPage, client: Client) -> None:
    with_an_app(clerk)
    client.force_login(clerk)
    answers = [client.post(reverse("mfa_reauthenticate"), {"code": f"00000{digit}"}).status_code for digit in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_a_secret_that_no_key_opens_fits_no_code(settings: Any, clerk: User, board: BoardPage, client: Client) -> None:
    secret = with_an_app(clerk)
    settings.SECRET_KEY, before = "another secret " * 5, settings.SECRET_KEY
    give_password(client)
    assert give_code(client, code_of(secret)).status_code == 200 and not is_in(client)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert give_code(client, code_of(secret, later=1))["Location"] == ADMIN


def test_every_page_is_told_apart_from_others_pages(clerk: User, board: BoardPage, client: Client) -> None:
    """The passkeys of another are nobody's to remove, and a passkey that never was is refused in words."""
    client.force_login(clerk)
    client.post(reverse("account_reauthenticate"), {"password": building.PASSWORD})
    page = client.get(reverse("mfa_add_webauthn"))
    shown = page.content.decode()
    assert "passkey-options" in shown and '"challenge"' in shown and "<script>" not in shown
    assert "No passkey was added" in client.post(reverse("mfa_add_webauthn"), {"name": "Desk"}).content.decode()
    for rubbish in ("{}", '{"id": "x"}', "[]", '"text"'):
        answer = client.post(reverse("mfa_add_webauthn"), {"name": "Desk", "credential": rubbish})
        assert answer.status_code == 200 and "No passkey was added" in answer.content.decode(), rubbish
    other = building.make_user("other")
    theirs = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs"})
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
