"""A served installation refuses to start where it would be easy to break into, in one plain sentence."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

import pytest

from config.starting import (
    database_address,
    https_address,
    named_hosts,
    redis_address,
    refuse_debug,
    second_factor_rule,
    single_sign_on,
    store_address,
    strong_secret,
    whole_number,
)

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k3Jw9-pQz7Lr2Xv8Nb5Tc1Yh6Gf4Ds0Ma-Ue_Wi.Ro~Bx+Kq=Zj"
WELL = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "democracy.example.gov.uk", "SITE_ADDRESS": "https://democracy.example.gov.uk"}


@pytest.mark.parametrize(
    ("rule", "given", "words"),
    [
        (strong_secret, "django-insecure-" + SECRET, "makes for examples"),
        (strong_secret, SECRET[:49], "has 49 characters"),
        (strong_secret, "ab" * 40, "repeats the same few characters"),
        (named_hosts, "*", "“*”"),
        (named_hosts, "democracy.example.gov.uk, *.example.gov.uk", "“*.example.gov.uk”"),
        (named_hosts, ".example.gov.uk", "“.example.gov.uk”"),
        (named_hosts, " , ", "holds no name"),
        (https_address, "http://democracy.example.gov.uk", "with https"),
        (https_address, "democracy.example.gov.uk", "with https"),
        (https_address, "https://", "with https"),
        (https_address, "https://example.gov.uk/democracy", "nothing after the name"),
        (database_address, "mysql://who:word@db/records", "postgres://"),
        (database_address, "records.sqlite3", "postgres://"),
        (redis_address, "cache:6379", "redis://host:6379/0"),
        (store_address, "objects.example.net", "“objects.example.net”: it is an address"),
        (second_factor_rule, "always", "“always”: it is off, restricted or everyone"),
        (refuse_debug, "1", "Take it away"),
        (refuse_debug, "True", "Take it away"),
    ],
)
def test_what_is_easy_to_break_into_is_refused(rule: Callable[[str], Any], given: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words.replace("*", r"\*")):
        rule(given)


@pytest.mark.parametrize("given", ["one", "-1", "1.5", "0x1"])
def test_what_is_no_number_is_refused_by_its_name(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^SERVERS_IN_FRONT is “{given}”: it is a whole number, such as 0"):
        whole_number("SERVERS_IN_FRONT", given, 0)


def test_what_is_well_said_is_taken_as_it_is() -> None:
    assert (whole_number("EMAIL_PORT", " ", 587), whole_number("EMAIL_PORT", "25", 587)) == (587, 25)
    assert database_address("postgres://db/records") == "postgres://db/records"
    assert redis_address("unix:///run/redis.sock") == "unix:///run/redis.sock"
    assert (store_address(""), store_address("http://127.0.0.1:9000")) == (None, "http://127.0.0.1:9000")


def test_no_password_is_repeated() -> None:
    for rule in (database_address, redis_address):
        with pytest.raises(ImproperlyConfigured) as refused:
            rule("other://who:word@db/records")
        assert "word" not in str(refused.value)


SERVER = {
    "server": "https://id.example.gov.uk/",
    "client": "resolved",
    "secret": "s",
    "name": "",
    "domains": "Example.gov.uk, @b.uk",
}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"client": ""}, "OIDC_CLIENT_ID is needed too"),
        ({"secret": ""}, "OIDC_CLIENT_SECRET is needed too"),
        ({"domains": " , @"}, "OIDC_EMAIL_DOMAINS is needed too"),
        ({"server": "http://id.example.gov.uk"}, "with https"),
    ],
)
def test_single_sign_on_that_is_half_set_is_refused(given: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        single_sign_on(**{**SERVER, "vouches": "", "second_factor": "", **given})


def test_single_sign_on_that_is_well_set_is_taken() -> None:
    found = single_sign_on(**SERVER, vouches="no", second_factor="yes")
    assert found is not None
    assert (found.server, found.domains) == ("https://id.example.gov.uk", ("example.gov.uk", "b.uk"))
    assert (found.vouches, found.asks_second_factor) == (False, True)
    assert single_sign_on(**{**SERVER, "server": " "}, vouches="", second_factor="") is None


def test_production_asks_for_a_second_factor_unless_told() -> None:
    code = "from config.settings import production; print(production.SECOND_FACTOR)"
    for given, expected in (({}, "restricted"), ({"SECOND_FACTOR": "everyone"}, "everyone")):
        environment = {**os.environ, **WELL, **given, "PYTHONPATH": str(ROOT / "site")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_what_is_well_set_is_taken_as_it_is() -> None:
    assert strong_secret(SECRET) == SECRET
    assert named_hosts("a.example.gov.uk, b.example.gov.uk,") == ["a.example.gov.uk", "b.example.gov.uk"]
    assert https_address("https://democracy.example.gov.uk/") == "https://democracy.example.gov.uk"
    for said in ("", "0", "False", "no"):
        refuse_debug(said)


def start(var: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Start production settings in a process of their own."""
    given = WELL | changed
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    surroundings = kept | given | {"DJANGO_SETTINGS_MODULE": "config.settings.production", "RESOLVED_VAR": str(var)}
    asked = [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG, settings.ALLOWED_HOSTS)"]
    return subprocess.run(asked, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY in the environment"),
        ({"SECRET_KEY": "secret"}, "SECRET_KEY has 6 characters"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds “*”"),
        ({"SITE_ADDRESS": "http://example.gov.uk"}, "SITE_ADDRESS must be like https://"),
        ({"DEBUG": "1"}, "DEBUG is set in the environment"),
    ],
)
def test_production_does_not_start(tmp_path: Path, changed: dict[str, str], words: str) -> None:
    answer = start(tmp_path, **changed)
    assert answer.returncode != 0
    last = answer.stderr.strip().splitlines()[-1]
    assert words in last
    assert "secret" not in last.replace("SECRET_KEY", "")


def test_production_starts_when_it_is_well_set(tmp_path: Path) -> None:
    answer = start(tmp_path)
    assert (answer.returncode, answer.stdout.strip()) == (0, "False ['democracy.example.gov.uk']"), answer.stderr
