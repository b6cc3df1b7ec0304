"""Nobody changes what is not theirs, whatever they send to whatever address, and no answer tells what they may not read."""

import re

from django.db import transaction
from django.test import Client

import pytest

from governance.row_forms import RowForm
from tests.kept import kept
from tests.leaks.planting import Planted, plant
from tests.leaks.readers import SEES, may_read, people
from tests.leaks.sending import Form, Sent, every_form, foreign_things, other_methods, send
from tests.leaks.verdicts import verdicts
from tests.leaks.walking import addresses, routes
from tests.small_site import SmallSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
EDITOR = "foreign editor"
ROLES = ("anonymous", EDITOR)
OWN_ACCOUNT = re.compile(r"^POST /(admin/account|members/account)/")
KEPT_FOR_ALL_BOARDS = re.compile(
    r"^POST /admin/(personal-data|"
    r"governance/(person|peoplegroup|service|organisation|organisationtype|bodytype|standard|suitabilityreview))/"
)
"""Lists that all boards share, and what persons ask for. Editors keep them, whatever their board."""
FAILS_WITHOUT_ITS_SCRIPT = frozenset({"POST /admin/choose-external-link/"})
"""Wagtail's own: it fails where a form leaves out what the editor always sends. Nothing is kept or told."""


OF_RESTRICTED_THINGS = re.compile(
    r"private|restricted|^members/|^admin/(papers|packs|emergenc|removals|personal-data|log-ins|items|records|minutes/comments)"
)
"""Routes that show or change what is not public, what is taken out of public view, and what is held on people."""
WORKS_FOR_THE_BOARD = frozenset({"administrator", "own editor", "own approver"})
"""They may change what these routes change. That they are told no more than is theirs is looked at all the same."""


@pytest.fixture
def planted(small_site: SmallSite, look: None) -> Planted:
    """The small site with a word in every field that is not public."""
    return kept("planted", lambda: plant(small_site))


def is_theirs(role: str, where: str) -> bool:
    """Whether a role may change something at an address."""
    return bool(OWN_ACCOUNT.match(where)) or (role == EDITOR and bool(KEPT_FOR_ALL_BOARDS.match(where)))


def not_theirs(role: str, sent: Sent) -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    """What somebody changed, and what they were told, that is not theirs, by the method and the address."""
    table = verdicts()
    changes = {where: how for where, how in sent.changes.items() if not is_theirs(role, where)}
    told = {
        where: sorted(name for name in names if table[name] not in may_read(role, where.partition("/")[2]))
        for where, names in sent.leaks.items()
    }
    return changes, {where: names for where, names in told.items() if names}


def test_whatever_a_stranger_sends_changes_nothing_and_tells_nothing(planted: Planted) -> None:
    forms = every_form(planted, addresses(planted, pages=1))
    strangers = people(planted)
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            client.force_login(strangers[role])
        # What they may change is taken back, so that everybody finds the same rows.
        before = transaction.savepoint()
        sent = send(planted, client, forms, ("POST",))
        transaction.savepoint_rollback(before)
        assert not_theirs(role, sent) == ({}, {}), role
        assert {where for where in sent.failures if where.startswith("POST")} <= FAILS_WITHOUT_ITS_SCRIPT, role
        assert sent.requests > 400
        assert role != EDITOR or len(sent.changes) > 2, "who may change something did"


def test_whatever_any_role_sends_to_what_is_restricted_changes_and_tells_only_what_is_theirs(planted: Planted) -> None:
    every = addresses(planted, pages=1)
    forms = every_form(planted, {name: each for name, each in every.items() if OF_RESTRICTED_THINGS.search(name)})
    everybody = people(planted)
    for role in sorted(SEES.keys() - set(ROLES)):
        client = Client(raise_request_exception=False)
        client.force_login(everybody[role])
        before = transaction.savepoint()
        sent = send(planted, client, forms, ("POST",))
        transaction.savepoint_rollback(before)
        changes, told = not_theirs(role, sent)
        print(f"{role}: {sent.requests} forms, {len(sent.changes)} taken")  # noqa: T201
        assert told == {}, role
        assert changes == {} or role in WORKS_FOR_THE_BOARD, role
        assert bool(sent.changes) or role not in WORKS_FOR_THE_BOARD, "who may change something did"
        assert sent.failures == [], role


def test_the_other_methods_that_a_view_takes_change_and_tell_nothing_either(planted: Planted) -> None:
    taken = {name: ways for name, route in routes() if (ways := other_methods(route.callback))}
    assert len(taken) > 35
    every, everybody = addresses(planted, pages=1), people(planted)
    for role in ("anonymous", EDITOR, "own member"):
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            client.force_login(everybody[role])
        for way in ("PUT", "PATCH", "DELETE"):
            asked: dict[str, list[Form]] = {every[name][0]: [{}] for name, ways in taken.items() if way in ways}
            sent = send(planted, client, asked, (way,))
            assert not_theirs(role, sent) == ({}, {}), role
            assert sent.failures == [], role


def test_a_form_that_offers_what_is_not_theirs_is_found(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    role, address = "foreign editor", "/admin/minutes/paper/create/"
    client = Client()
    client.force_login(people(planted)[role])
    forms = {address: [foreign_things(planted)]}
    assert not_theirs(role, send(planted, client, forms, ("POST",))) == ({}, {})
    monkeypatch.setattr(RowForm, "_narrow", lambda form, field: None)
    found = not_theirs(role, send(planted, client, forms, ("POST",)))
    assert found == ({}, {f"POST {address}": ["minutes.Paper.title"]})


def test_a_form_that_takes_what_is_not_theirs_is_found(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    role, item = "foreign editor", planted.rows["minutes.AgendaItemPage"][-1].pk
    address = "/admin/minutes/followup/create/"
    client = Client()
    client.force_login(people(planted)[role])
    forms = {address: [{"item": [str(item)], "text": ["Forged"], "owner": ["Somebody"]}]}
    assert not_theirs(role, send(planted, client, forms, ("POST",)))[0] == {}
    monkeypatch.setattr(RowForm, "clean", lambda form: super(RowForm, form).clean())
    assert not_theirs(role, send(planted, client, forms, ("POST",)))[0][f"POST {address}"]["minutes_followup"] == "added"
