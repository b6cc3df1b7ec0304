"""Nothing is read where it may not be: a word in every field that is not public, asked for at every address by every role."""

from pprint import pformat
from typing import Any

from django.test import Client

import pytest

from tests.drills.sizes import drilled
from tests.kept import kept
from tests.leaks.asking import asked, walk, words_in
from tests.leaks.planting import Planted, plant
from tests.leaks.readers import SEES, people
from tests.leaks.verdicts import planted_names, stale
from tests.leaks.walking import addresses, patterns
from tests.small_site import SmallSite

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a picture that it made smaller to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
# Who may read what does not hang on the database: twelve roles ask the one, three the other.
DRILL = drilled(engine_matters=False)
ROLES = tuple(SEES) if DRILL != "small" else ("anonymous", "foreign member", "foreign editor")
PAGES = {"small": 3, "full": 6, "long": 6}
READ_NOTHING = {"anonymous", "foreign member", "partner"}
"""The partner has no part in anything of this site."""
NUMBERS = {"small": 30, "full": 500, "long": 500}


@pytest.fixture
def planted(small_site: SmallSite, look: None) -> Planted:
    """The small site with a word in every field that is not public."""
    return kept("planted", lambda: plant(small_site))


def somebody(planted: Planted, role: str) -> Client:
    """A browser with somebody of a role logged in."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(people(planted)[role])
    return client


def test_every_field_has_readers_and_what_is_not_public_was_planted(planted: Planted) -> None:
    assert stale() == set()
    wanted = planted_names()
    # A page of no type is none, and the words of a sealed part are planted one by one.
    wanted -= {name for name in wanted if name.startswith("wagtailcore.Page.")} | {"minutes.RestrictedPart.sealed"}
    assert wanted - set(planted.words.values()) == set()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(planted: Planted, role: str, caplog: Any) -> None:
    every = addresses(planted, pages=PAGES[DRILL])
    assert set(every) == {pattern for pattern, _name in patterns()} and all(every.values())
    found = walk(planted, role, somebody(planted, role), every, caplog)
    print(f"{role}: {found.requests} requests, {len(every)} patterns")  # noqa: T201
    assert not found.leaks, pformat(found.leaks)
    assert bool(found.read) == (role not in READ_NOTHING), "who may read something was let in to it"


@pytest.mark.parametrize("role", ["anonymous", "foreign author"])
def test_no_number_that_is_tried_opens_a_file(planted: Planted, role: str) -> None:
    client = somebody(planted, role)
    routes = (
        "/documents/{}/",
        "/admin/papers/files/{}/original/",
        "/admin/documents/chooser/chosen/{}/",
        "/members/private/{}/",
        "/members/private/papers/{}/copy/",
        "/members/private/papers/{}/original/",
    )
    for number in range(1, NUMBERS[DRILL] + 1):
        for route in routes:
            assert words_in(asked(client, route.format(number))) == set(), (route, number)
